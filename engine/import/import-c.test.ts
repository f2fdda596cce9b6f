// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { WireMapping } from '../run/types.ts';
import { copyAsBeginOut, copyAsLibfuse, copyAsStructs } from '../text/copy-as.ts';
import { REFUSED } from '../testing/fixture.ts';
import { importC } from './import-c.ts';

const NULL_ADDR = 0xffff_ffff_ffff_ffffn;
const zero: WireMapping = { offset: 0n, length: 0n, addr: 0n, type: 0, flags: 0, dev: 0 };
const READ = `struct fuse_iomap_io read = {
	.offset = 0x1000, /* where */
	.length = 2 * 4096UL,
	.addr = (uint64_t)1 << 20, // 1 MiB
	.type = FUSE_IOMAP_TYPE_MAPPED,
	.flags = FUSE_IOMAP_F_NEW | FUSE_IOMAP_F_SHARED,
	.dev = 1,
};`;
const read = { offset: 4096n, length: 8192n, addr: 0x10_0000n, type: 2, flags: 5, dev: 1 };
const WRITE = 'struct fuse_file_iomap write_map = { .type = 255, .addr = -1, .dev = FUSE_IOMAP_DEV_NULL };';
const write = { ...zero, type: 255, addr: NULL_ADDR };

describe('what copy as makes', () => {
  it.each([
    ['two structs', copyAsStructs],
    ['begin_out', copyAsBeginOut],
    [
      'a libfuse call',
      (execution: typeof REFUSED) =>
        copyAsLibfuse({ ...execution, reply: { ...execution.reply!, writeFilledIn: false } }),
    ],
  ])('comes back: %s', (_, copy) => {
    const { read, write } = REFUSED.reply!;
    expect(importC(copy(REFUSED)!)).toMatchObject({ ok: true, read, write });
  });
  it('comes back without the write mapping that libfuse is to make', () => {
    const result = importC(copyAsLibfuse(REFUSED)!);
    expect(result).toMatchObject({ ok: true, read: REFUSED.reply!.read, write: null });
    expect(result.ok && result.reply).not.toHaveProperty('write');
  });
});

it.each([
  [`${READ}\n${WRITE}`, read, write],
  [`${WRITE}\n${READ}`, read, write],
  [`> ${READ.replaceAll('\n', '\n> ')}`, read, null],
  [`struct fuse_iomap_io a = { .dev = 3 }, b = { .dev = 4 };`, { ...zero, dev: 3 }, { ...zero, dev: 4 }],
  [
    `struct fuse_iomap_begin_out o = { .write.dev = 7, .read = { .dev = 6 } };`,
    { ...zero, dev: 6 },
    { ...zero, dev: 7 },
  ],
  [`out = (struct fuse_iomap_begin_out){ .read = { .type = 02 } };`, { ...zero, type: 2 }, zero],
  [
    `o = (struct fuse_iomap_begin_out){ .read = (struct fuse_iomap_io){ .length = ~0ULL }, .write = {} };`,
    { ...zero, length: NULL_ADDR },
    zero,
  ],
  [
    `{ .offset = UINT64_C(5), .length = BIT(3), .addr = cpu_to_le64(9) }`,
    { ...zero, offset: 5n, length: 8n, addr: 9n },
    null,
  ],
  [`struct fuse_iomap_io m = { 0 };`, zero, null],
  [
    `#define BLK 4096ULL\n#define NEXT (BLK + BLK)\nstruct fuse_iomap_io m = { .offset = BLK * 2, .length = NEXT };`,
    { ...zero, offset: 8192n, length: 8192n },
    null,
  ],
  [`#define A B\n#define B A\n#define TWO 1 + 1\n{ .dev = TWO * 2 }`, { ...zero, dev: 3 }, null],
  [
    `{ .offset = (my_off_t) 4096, .length = SZ_4K, .addr = (loff_t)SZ_1M - (SZ_512) }`,
    { ...zero, offset: 4096n, length: 4096n, addr: 0xf_fe00n },
    null,
  ],
])('reads %s', (text, read, write) => {
  expect(importC(text)).toMatchObject({ ok: true, read, write });
});

it('reports a value that is wider than its field, as the compiler cuts it', () => {
  const result = importC('struct fuse_iomap_io read = { .type = 0x10002, .dev = -1, .length = -4096 };');
  expect(result).toMatchObject({
    read: { type: 2, dev: 0xffff_ffff, length: 0xffff_ffff_ffff_f000n },
    unknown: [expect.anything(), '.type = 0x10002: the field has 16 bits, 0x2 is left.'],
  });
});

it('prints the reply with names, and what is zero left out', () => {
  expect(importC(`${READ}${WRITE}`)).toMatchObject({
    reply: {
      read: { type: 'MAPPED', flags: ['NEW', 'SHARED'] },
      write: { type: 'PURE_OVERWRITE', addr: 'NULL_ADDR' },
    },
  });
});

it.each([
  ['int main(void) { return 0; }', 1, /designated initialiser/],
  ['struct fuse_iomap_io read = {\n .offset = pos,\n};', 2, /"pos" is not known/],
  ['struct fuse_iomap_io read = {\n .colour = 1 };', 2, /no field "colour"/],
  ['struct fuse_iomap_io read = {\n .dev = 1', 2, /"," or "}"/],
  ['struct fuse_iomap_io read = {\n .dev 1 };', 2, /"=" after "\.dev"/],
  ['struct fuse_iomap_io read = { .dev = 1, 2 };', 1, /designator/],
  ['struct fuse_iomap_io write = { .dev = 1 };', 1, /no read mapping/],
  ['struct fuse_iomap_io r = { .addr = 0x1ffffffffffffffff };', 1, /64 bits/],
  ['#define A B B\n#define B C C\nstruct fuse_iomap_io r = { .dev = A };', 3, /"C" is not known/],
  ['struct fuse_iomap_io r = { .addr = 1 / 0 };', 1, /division by zero/],
  ['struct fuse_iomap_io r = { .addr = ((((1) };', 1, /"\.addr" has no value/],
])('says what is wrong with %s', (text, line, message) => {
  expect(importC(text)).toMatchObject({ ok: false, line, message: expect.stringMatching(message) });
});
