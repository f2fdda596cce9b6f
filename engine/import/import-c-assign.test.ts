// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { WireMapping } from '../run/types.ts';
import { importAnything } from './import-any.ts';
import { importC } from './import-c.ts';

const NULL_ADDR = 0xffff_ffff_ffff_ffffn;
const zero: WireMapping = { offset: 0n, length: 0n, addr: 0n, type: 0, flags: 0, dev: 0 };
const WHOLE = (place: string) =>
  ['offset', 'length', 'addr', 'type', 'flags', 'dev'].map((field) => `${place}${field} = 1;`).join('\n');

const SERVER = `static int my_begin(struct my *ff, struct fuse_file_iomap *read, struct fuse_file_iomap *write)
{
	uint64_t pos = ff->pos; /* read->offset = 1; is a comment */

	if (ff->debug == 1 && read->type == 3)
		printf("read->offset = %llu;", pos);
	read->offset = 4096;
	read->length = 2 * BLK;	// BLK is above
	read->addr = read->offset + (1ULL << 20);
	read->type = FUSE_IOMAP_TYPE_MAPPED;
	read->flags = FUSE_IOMAP_F_NEW;
	read->flags |= FUSE_IOMAP_F_SHARED;
	read->dev = 1;
	ff->cache.length = read->length;
	write->type = FUSE_IOMAP_TYPE_HOLE;
	write->addr = FUSE_IOMAP_NULL_ADDR;
	return 0;
}`;
const READ = { offset: 4096n, length: 8192n, addr: 0x10_1000n, type: 2, flags: 5, dev: 1 };
const WRITE = { ...zero, addr: NULL_ADDR };

describe('a function that assigns', () => {
  it.each([
    ['plain', `#define BLK 4096\n${SERVER}`],
    ['quoted in a mail', `#define BLK 4096\n${SERVER}`.replace(/^/gm, '> ')],
  ])('is read: %s', (_, text) => {
    expect(importC(text)).toMatchObject({ ok: true, read: READ, write: WRITE });
  });

  it('tells what it does not say', () => {
    const result = importC(`#define BLK 4096\n${SERVER}`);
    expect(result.ok && result.unknown).toEqual([
      'Line 6: "if" is not decided, every branch counts, one after the other.',
      'Line 7: the call of printf() is not carried out.',
      'write: nothing is assigned to offset, length, flags, dev; taken as 0.',
    ]);
  });

  it('is found in a pasted text', async () => {
    for (const text of [
      'out->read.offset = 4096;\nout->read.length = 4096;',
      'outarg.write.addr = FUSE_IOMAP_NULL_ADDR;',
      '> \tmap->type |= FUSE_IOMAP_TYPE_MAPPED;',
    ])
      expect(await importAnything(text), text).toMatchObject({ kind: 'c', ok: true });
    for (const text of ['if (read->type == 2) go();', 'https://x.example/?read.type=3'])
      expect(await importAnything(text), text).not.toMatchObject({ kind: 'c' });
  });
});

it.each([
  ['out->read.offset = 4096;', { ...zero, offset: 4096n }, zero],
  ['outarg.write.addr = FUSE_IOMAP_NULL_ADDR;', zero, { ...zero, addr: NULL_ADDR }],
  ['read->type = FUSE_IOMAP_TYPE_MAPPED;', { ...zero, type: 2 }, null],
  ['(*read).dev = 3; (*write).dev = 4;', { ...zero, dev: 3 }, { ...zero, dev: 4 }],
  ['req->arg[2].out.read.dev = 3;', { ...zero, dev: 3 }, zero],
  ['out.read.dev = out.write.dev = 7;', { ...zero, dev: 7 }, { ...zero, dev: 7 }],
  ['read->length = 1;\nread->length = 2;', { ...zero, length: 2n }, null],
  ['read->flags = 4; read->flags &= ~4; read->flags ^= 3;', { ...zero, flags: 3 }, null],
  ['read->addr = 8; read->addr <<= 3; read->addr += 1; read->addr -= 2;', { ...zero, addr: 63n }, null],
  ['read->addr = 8;\nif (x)\n\tread->addr = 4; else read->addr = 5;', { ...zero, addr: 5n }, null],
  ['read->dev = 8; *write = *read; write->type = 255;', { ...zero, dev: 8 }, { ...zero, dev: 8, type: 255 }],
  ['o->read.dev = 8; o->write = o->read; o->read.dev = 1;', { ...zero, dev: 1 }, { ...zero, dev: 8 }],
  [
    'struct fuse_iomap_io *m = &out->write; m->dev = 2; out->read.dev = 1;',
    { ...zero, dev: 1 },
    { ...zero, dev: 2 },
  ],
  ['struct fuse_iomap_io *a, *b; a->dev = 2; b->dev = 1;', { ...zero, dev: 2 }, { ...zero, dev: 1 }],
  ['out.read.dev = 9; memset(&out, 0, sizeof(out)); out.write.dev = 1;', zero, { ...zero, dev: 1 }],
  [
    'struct fuse_iomap_begin_out out = { .read = { .dev = 1, .type = 2 } };\nout.read.dev = 5; out.write.dev = 6;',
    { ...zero, dev: 5, type: 2 },
    { ...zero, dev: 6 },
  ],
  [
    'out->read = (struct fuse_iomap_io){ .dev = 1, .type = 2 };\nout->read.dev = 5;',
    { ...zero, dev: 5, type: 2 },
    zero,
  ],
  // A value that cannot be known does not matter if another comes after it.
  ['read->offset = pos; read->offset = 8;', { ...zero, offset: 8n }, null],
  ['thread->type = 3; thread->flags = 9; read->dev = 1;', { ...zero, dev: 1 }, null],
  ['m->offset = 1; m->length = 2;', { ...zero, offset: 1n, length: 2n }, null],
  ['m[0].dev = 1; m[0].type = 0; m[1].dev = 2; m[1].type = 0;', { ...zero, dev: 1 }, { ...zero, dev: 2 }],
])('carries out %s', (text, read, write) => {
  expect(importC(text)).toMatchObject({ ok: true, read, write });
});

test('what stays unsaid is told', () => {
  const told = (text: string) => {
    const result = importC(text);
    return result.ok ? result.unknown : result;
  };
  expect(told(`${WHOLE('out->read.')}`)).toEqual(['Nothing is assigned to write: all of it is taken as 0.']);
  expect(told(`${WHOLE('out->write.')}`)).toEqual(['Nothing is assigned to read: all of it is taken as 0.']);
  expect(told(`${WHOLE('read->')}\n${WHOLE('write->')}`)).toEqual([]);
  expect(told('memset(&out, 0, sizeof(out)); out.read.dev = 1; out.write.dev = 1;')).toEqual([]);
  expect(told('out.read.dev = 1; memset(&out.write, 0, sizeof(out.write)); out.write.dev = 1;')).toEqual([
    'read: nothing is assigned to offset, length, addr, type, flags; taken as 0.',
  ]);
  expect(told(`${WHOLE('read->')}\n${WHOLE('write->')}\nread->dev |= 2;\nwrite->type = 3;`)).toEqual([
    'write.type is assigned 2 times: the last time, in line 14, counts.',
  ]);
});

it.each([
  ['\nout->read.type = FUSE_IOMAP_TYPE_MAPED;', 2, /FUSE_IOMAP_TYPE_MAPED.* such as FUSE_IOMAP_TYPE_MAPPED/],
  ['read->type = 2;\n\nread->lenght = 4096;', 3, /no field "lenght": is it "length"/],
  ['read->offset = pos;\nread->offset |= 1;', 1, /"pos" is not known/],
  [
    'read->dev = ff->iomap.dev;',
    1,
    /"ff->iomap.dev" is not known: write a number, or a FUSE_IOMAP_ constant/,
  ],
  ['read->addr = read->offset;', 1, /"read.offset" was not given a value/],
  ['read->addr = 0x1ffffffffffffffff;', 1, /64 bits/],
  ['read->addr = ;', 1, /value is missing/],
  ['read->addr = 1 / 0;', 1, /division by zero/],
  ['write->addr = 1;', 1, /no read mapping/],
])('says what is wrong with %s', (text, line, message) => {
  expect(importC(text)).toMatchObject({ ok: false, line, message: expect.stringMatching(message) });
});

test('assignments in any order, with anything between them, set the last value of each field', () => {
  const field = fc.constantFrom('offset', 'length', 'addr');
  const statement = fc.record({
    place: fc.constantFrom('out->read.', 'out->write.'),
    field,
    value: fc.bigInt({ min: 0n, max: NULL_ADDR }),
    noise: fc.constantFrom(
      '',
      ' ',
      '\n\n',
      'foo(bar);',
      '/* read.offset = 3; */',
      'x = y + 1;',
      'if (a == b) {',
      '}',
    ),
  });
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 30 }), (statements) => {
      const text = statements.map(
        ({ place, field, value, noise }) => `${noise}\n${place}${field} = ${value}ULL;`,
      );
      const maps: Record<string, WireMapping> = { 'out->read.': { ...zero }, 'out->write.': { ...zero } };
      for (const { place, field, value } of statements) maps[place]![field as 'offset'] = value;
      expect(importC(text.join('\n'))).toMatchObject({
        ok: true,
        read: maps['out->read.'],
        write: maps['out->write.'],
      });
    }),
    { numRuns: 300 },
  );
});

test('rubbish that looks like C is refused, and costs little', () => {
  const long = 50_000;
  for (const text of [
    'a.type='.repeat(long),
    'a[b'.repeat(long),
    `read->addr = ${'('.repeat(long)}1;`,
    'read->addr += 1;\n'.repeat(long),
    Array.from({ length: 5_000 }, (_, i) => `a${i}.type = FUSE_IOMAP_TYPE_HOLE;`).join('\n'),
    'memset(&a, 0, 1); '.repeat(long),
    '{.a={'.repeat(long),
  ])
    expect(typeof importC(text).ok).toBe('boolean');
});
