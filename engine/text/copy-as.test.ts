// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeAnswer, encodeBeginOut } from '../kernel/wire.ts';
import type { Reply, WireMapping } from '../run/types.ts';
import {
  copyAsBeginOut,
  copyAsHexdump,
  copyAsJson,
  copyAsLibfuse,
  copyAsStructs,
  copyAsTrace,
  xxd,
} from './copy-as.ts';
import { REFUSED, execution } from '../testing/fixture.ts';

const map = (over: Partial<WireMapping> = {}): WireMapping => ({
  offset: 4096n,
  length: 8192n,
  addr: 0x10_0000n,
  type: 2,
  flags: 0x85,
  dev: 1,
  ...over,
});
const HOLE = map({ addr: 0xffff_ffff_ffff_ffffn, type: 0, flags: 0, dev: 0 });
const ODD = map({
  offset: 0xffff_ffff_ffff_f000n,
  length: 0x8000_0000n,
  addr: 0x8000_0000_0000_0000n,
  type: 77,
  flags: 0xffff,
  dev: 0xffff_ffff,
});

const answered = (read: WireMapping, write: WireMapping, over: Partial<Reply> = {}) =>
  execution({
    do: 'iomap_begin',
    ret: 0n,
    reply: {
      bytes: encodeAnswer(42n, 0, encodeBeginOut(read, write)),
      header: { len: 80, error: 0, unique: 42n },
      read,
      write,
      writeFilledIn: false,
      writeRet: 80,
      consumed: true,
      ...over,
    },
  });
const failed = execution({
  do: 'iomap_begin',
  outcome: 'error',
  ret: -28n,
  reply: {
    bytes: encodeAnswer(42n, -28, new Uint8Array(0)),
    header: { len: 16, error: -28, unique: 42n },
    read: null,
    write: null,
    writeFilledIn: false,
    writeRet: 16,
    consumed: true,
  },
});

describe('C', () => {
  it('names types, flags, NULL_ADDR and DEV_NULL', () => {
    expect(copyAsStructs(answered(map(), HOLE))).toBe(`struct fuse_iomap_io read = {
	.offset = 4096,
	.length = 8192,
	.addr = 0x100000,
	.type = FUSE_IOMAP_TYPE_MAPPED,
	.flags = FUSE_IOMAP_F_NEW | FUSE_IOMAP_F_SHARED | FUSE_IOMAP_F_WANT_IOMAP_END,
	.dev = 1,
};

struct fuse_iomap_io write = {
	.offset = 4096,
	.length = 8192,
	.addr = FUSE_IOMAP_NULL_ADDR,
	.type = FUSE_IOMAP_TYPE_HOLE,
	.flags = 0,
	.dev = FUSE_IOMAP_DEV_NULL,
};
`);
  });
  it('writes numbers without a name so that C takes them whole', () => {
    const text = copyAsBeginOut(answered(ODD, HOLE));
    expect(text).toContain('.offset = 0xfffffffffffff000ULL,');
    expect(text).toContain('.length = 2147483648ULL,');
    expect(text).toContain('.type = 77,');
    expect(text).toContain('FUSE_IOMAP_F_STALE | 0xfc00,');
    expect(text).toContain('.dev = 4294967295U,');
  });
  it('has nothing for an answer without mappings', () => {
    expect(copyAsStructs(failed)).toBeNull();
    expect(copyAsBeginOut(execution())).toBeNull();
  });
});

describe('libfuse', () => {
  it('replies with both mappings, or NULL for a write that was left out', () => {
    expect(copyAsLibfuse(answered(map(), HOLE))).toMatch(/struct fuse_file_iomap write = \{/);
    expect(copyAsLibfuse(answered(map(), HOLE))).toMatch(/\(req, &read, &write\);\n$/);
    const filledIn = copyAsLibfuse(answered(map(), HOLE, { writeFilledIn: true }));
    expect(filledIn).toMatch(/\(req, &read, NULL\);\n$/);
    expect(filledIn).not.toContain('write =');
  });
  it('replies with an error by its name', () => {
    expect(copyAsLibfuse(failed)).toBe('fuse_reply_err(req, ENOSPC);\n');
    expect(copyAsLibfuse(execution())).toBeNull();
  });
});

it('prints bytes as xxd does', () => {
  expect(xxd(new TextEncoder().encode('0123456789abcdefXYZ'))).toBe(
    '00000000: 3031 3233 3435 3637 3839 6162 6364 6566  0123456789abcdef\n' +
      '00000010: 5859 5a                                  XYZ\n',
  );
  expect(copyAsHexdump(failed)).toBe('00000000: 1000 0000 e4ff ffff 2a00 0000 0000 0000  ........*.......\n');
});

it('returns the step as JSON that a double does not spoil', () => {
  const parsed = JSON.parse(copyAsJson(REFUSED, 'v6-04')) as { reply: { write: { addr: string } } };
  expect(parsed.reply.write.addr).toBe('18446744073709551615');
});

it('returns the trace lines alone', () => {
  const log = [
    { source: 'tracepoint', text: 'fuse_iomap_begin: x' },
    { source: 'warn', text: 'Bad mapping' },
  ] as const;
  expect(copyAsTrace(execution({ log: [...log] }))).toBe('fuse_iomap_begin: x\n');
  expect(copyAsTrace(execution())).toBeNull();
});

/** Our own stand-in for the two headers: what the pasted text needs to compile, and no more. */
const HEADER = `#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <stdio.h>
#define FIELDS uint64_t offset, length, addr; uint16_t type, flags; uint32_t dev;
struct fuse_iomap_io { FIELDS };
struct fuse_file_iomap { FIELDS };
struct fuse_iomap_begin_out { struct fuse_iomap_io read, write; };
#define FUSE_IOMAP_NULL_ADDR (UINT64_MAX)
#define FUSE_IOMAP_DEV_NULL (0)
enum { FUSE_IOMAP_TYPE_HOLE = 0, FUSE_IOMAP_TYPE_MAPPED = 2 };
#define F(name, bit) FUSE_IOMAP_F_##name = 1 << bit
enum { F(NEW, 0), F(DIRTY, 1), F(SHARED, 2), F(MERGED, 3), F(BOUNDARY, 4), F(ANON_WRITE, 5), F(ATOMIC_BIO, 6),
       F(WANT_IOMAP_END, 7), F(SIZE_CHANGED, 8), F(STALE, 9) };
static void dump(const void *p, size_t n) { const unsigned char *c = p; while (n--) printf("%02x", *c++); puts(""); }
static void fuse_reply_err(void *req, int err) { (void)req; printf("err %d\\n", err); }
static void fuse_reply_iomap_begin(void *req, const struct fuse_file_iomap *r, const struct fuse_file_iomap *w)
{ (void)req; dump(r, sizeof(*r)); if (w) dump(w, sizeof(*w)); else puts("NULL"); }
`;

const gcc = spawnSync('gcc', ['--version']).status === 0;
if (!gcc) console.warn('copy-as: gcc is not installed, so the C was not compiled here');

describe.skipIf(!gcc)('compiled with gcc -Wall -Wextra -Werror', () => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const wire = (read: WireMapping, write: WireMapping) => hex(encodeBeginOut(read, write));

  function output(body: string): string[] {
    const folder = mkdtempSync(join(tmpdir(), 'copy-as-'));
    try {
      writeFileSync(join(folder, 'a.c'), `${HEADER}int main(void)\n{\nvoid *req = NULL;\n${body}\n}\n`);
      const flags = [
        '-std=gnu11',
        '-Wall',
        '-Wextra',
        '-Werror',
        '-Wno-unused-function',
        '-Wno-unused-variable',
      ];
      const built = spawnSync('gcc', [...flags, 'a.c', '-o', 'a'], { cwd: folder, encoding: 'utf8' });
      expect(built.stderr).toBe('');
      return spawnSync(join(folder, 'a'), { encoding: 'utf8' }).stdout.trim().split('\n');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it('makes the same bytes', () => {
    const parts = [
      [map(), HOLE],
      [ODD, map({ offset: 0x7fff_ffffn, addr: 0x8000_0000n })],
    ] as const;
    const body = parts.map(([read, write]) => {
      const step = answered(read, write);
      return (
        `{\n${copyAsStructs(step)}dump(&read, 32); dump(&write, 32);\n}\n` +
        `{\n${copyAsBeginOut(step)}dump(&out, 64);\n}\n{\n${copyAsLibfuse(step)}}\n`
      );
    });
    const errors = `{\n${copyAsLibfuse(failed)}}`;
    const want = parts.flatMap(([read, write]) => {
      const all = wire(read, write);
      return [all.slice(0, 64), all.slice(64), all, all.slice(0, 64), all.slice(64)];
    });
    expect(output(body.join('') + errors)).toEqual([...want, 'err 28']);
  });
});
