// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pureOverwrite } from '../kernel/wire.ts';
import { importAnything } from './import-any.ts';
import { importC } from './import-c.ts';

const READ =
  'out->read.offset = 4096;\nout->read.length = 8192;\nout->read.addr = 1048576;\nout->read.type = 2;\nout->read.dev = 1;\n';
const read = { offset: 4096n, length: 8192n, addr: 0x10_0000n, type: 2, flags: 0, dev: 1 };
const NULL_ADDR = 0xffff_ffff_ffff_ffffn;

function imported(text: string) {
  const found = importC(text);
  if (!found.ok) throw new Error(found.message);
  return { ...found, said: found.unknown.join('\n') };
}

describe('what is carried out', () => {
  test.each([
    'fuse_iomap_begin_pure_overwrite(out);',
    'fuse_iomap_pure_overwrite(&out->write, &out->read);',
    'struct fuse_iomap_io *w = &out->write, *r; r = &out->read; w = &out->write; fuse_iomap_pure_overwrite(w, r);',
  ])('%s makes write a pure overwrite of read', (call) => {
    const { write, said } = imported(READ + call);
    expect(write).toEqual(pureOverwrite(read));
    expect(said).not.toMatch(/write|carried out/);
  });

  test('a pure overwrite is made of what read is then', () => {
    const text = `${READ}fuse_iomap_begin_pure_overwrite(out);\nout->read.offset = 0;`;
    expect(imported(text)).toMatchObject({ read: { offset: 0n }, write: { offset: 4096n } });
  });

  test.each([
    ['memset(&out->read.addr, 0xff, sizeof(out->read.addr));', { addr: NULL_ADDR }],
    ['memset(&out->read.dev, 0x01, 4);', { dev: 0x0101_0101 }],
    ['memset(&out->read.type, 255, 2);', { type: 0xffff }],
    [
      'bzero(&out->read, sizeof(out->read)); out->read.dev = 7;',
      { ...read, offset: 0n, length: 0n, addr: 0n, type: 0, dev: 7 },
    ],
    ['memset(&out->read, -1, sizeof(out->read));', { offset: NULL_ADDR, type: 0xffff, dev: 0xffff_ffff }],
    ['memset(&out->read, 1, sizeof(out->read));', { type: 0x0101, dev: 0x0101_0101 }],
  ])('%s', (call, expected) => {
    const { read, said } = imported(READ + call);
    expect(read).toMatchObject(expected);
    expect(said).not.toContain('carried out');
  });

  test('memcpy of a mapping', () => {
    expect(imported(`${READ}memcpy(&out->write, &out->read, sizeof(out->read));`).write).toEqual(read);
  });

  test('numbers that have names', () => {
    const text = `const uint64_t bs = 4096;
enum { BLOCKS = 3 };
uint64_t end = 2 * bs;
end += bs;
read->offset = 6 * bs;
read->length = BLOCKS * bs;
read->addr = end;`;
    expect(imported(text).read).toMatchObject({ offset: 24576n, length: 12288n, addr: 12288n });
  });

  test('a number that was lost is not the one before', () => {
    const text = 'bs = 4096;\nbs = ask();\nread->offset = bs;\nread->dev = 1;';
    expect(imported(text)).toMatchObject({
      read: { offset: 0n },
      said: expect.stringContaining('from "bs"'),
    });
    expect(imported('bs = 4096;\nbs += more;\nread->offset = bs;\nread->dev = 1;').read).toMatchObject({
      offset: 0n,
    });
  });

  test('positional initialisers, of one mapping and of both', () => {
    const fields = '4096, 8192, 1 << 20, FUSE_IOMAP_TYPE_MAPPED, 0, 1';
    expect(imported(`struct fuse_iomap_io read = { ${fields} };`).read).toEqual(read);
    for (const both of [`{ ${fields} }, { ${fields} }`, `${fields}, ${fields}`])
      expect(imported(`struct fuse_iomap_begin_out out = { ${both} };`)).toMatchObject({ read, write: read });
    expect(imported(`out->read = (struct fuse_iomap_io){ ${fields} };`).read).toEqual(read);
  });
});

describe('what is not carried out is named by its line', () => {
  test.each([
    ['fill_mapping(&out->read);', /^Line 6: the call of fill_mapping\(\) is not carried out\.$/m],
    [
      'for (i = 0; i < 3; i++)\n\tout->read.length += 4096;',
      /^Line 6: the loop \("for"\) is not carried out/m,
    ],
    ['while (more())\n\tout->read.length += 1;', /^Line 6: the loop \("while"\)/m],
    ['if (cow)\n\tout->read.type = 3;', /^Line 6: "if" is not decided/m],
    ['out->read.length++;', /^Line 6: "\+\+" is not carried out\.$/m],
    ['memcpy(&out->read, reply, 32);', /^Line 6: the call of memcpy\(\)/m],
    ['a();\nb();\na();', /^Lines 6, 8: the call of a\(\)/m],
    ['goto out;', /^Line 6: "goto" is not carried out\.$/m],
  ])('%s', (statement, words) => {
    expect(imported(READ + statement).said).toMatch(words);
  });

  test('a definition and a declaration are no calls', () => {
    const text = `int begin(struct fuse_iomap_begin_out *out);\nstatic int begin(struct fuse_iomap_begin_out *out)\n{\n${READ}return 0;\n}`;
    expect(imported(text).said).not.toContain('carried out');
  });

  test('a value that is known only at run time: the other fields, and its name', () => {
    const { read: found, said } = imported(`${READ}out->read.addr = extent->addr + pos;`);
    expect(found).toEqual({ ...read, addr: 0n });
    expect(said).toContain('read.addr is not known: line 6 takes it from "extent->addr"');
    expect(importC('out->read.addr = extent->addr;')).toMatchObject({ ok: false });
    // What a loop counts is not known either.
    expect(imported(`${READ}for (i = 1; i < 9; i++) ;\nout->read.dev = i;`).said).toContain(
      'takes it from "i"',
    );
  });
});

describe('what a debugger prints', () => {
  const body = (map: typeof read) =>
    `offset = ${map.offset}, length = ${map.length}, addr = ${map.addr}, type = ${map.type}, flags = ${map.flags}, dev = ${map.dev}`;
  const write = { ...read, addr: NULL_ADDR, type: 255, dev: 0 };

  test.each([
    ['gdb', `(gdb) p *out\n$1 = {read = {${body(read)}}, write = {${body(write)}}}`],
    [
      'gdb, pretty',
      `$12 = {\n  read = {\n    ${body(read).replaceAll(', ', ',\n    ')}\n  },\n  write = {\n    ${body(write).replaceAll(', ', ',\n    ')}\n  }\n}`,
    ],
    [
      'lldb',
      `(lldb) p *out\n(fuse_iomap_begin_out) $0 = {\n  read = {\n    ${body(read).replaceAll(', ', '\n    ')}\n  }\n  write = {\n    ${body(write).replaceAll(', ', '\n    ')}\n  }\n}`,
    ],
    [
      'one after the other',
      `(gdb) p out->read\n$1 = {${body(read)}}\n(gdb) p out->write\n$2 = {${body(write)}}`,
    ],
  ])('%s', async (_, text) => {
    expect(await importAnything(text)).toMatchObject({ kind: 'c', ok: true, read, write });
    expect(await importAnything(text.replace(/^/gm, '> '))).toMatchObject({
      kind: 'c',
      ok: true,
      read,
      write,
    });
  });

  test('in hex', async () => {
    const hex = body(read).replace(/\d+/g, (digits) => `0x${Number(digits).toString(16)}`);
    expect(await importAnything(`$1 = {${hex}}`)).toMatchObject({ kind: 'c', read });
  });
});

test('reads whatever is called and counted without an end', () => {
  const pieces = fc.constantFrom(
    ...[
      'memset(',
      '&out->read',
      ', ',
      '0xff',
      ')',
      ';',
      '{',
      '}',
      'for (',
      'i++',
      '= ',
      'struct fuse_iomap_io r = {',
      '1',
      '$1 = {read = {',
      '\n',
      'fuse_iomap_pure_overwrite(',
      '?',
    ],
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const found = importC(`${READ}${parts.join('')}`);
      expect(found.ok || found.message !== '').toBe(true);
    }),
  );
});
