// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { copyAsHexdump } from '../text/copy-as.ts';
import { REFUSED } from '../testing/fixture.ts';
import { importAnything } from '../import/import-any.ts';
import { usualQuotes } from './quote-marks.ts';

const PATCH = `diff --git a/fs/fuse/a.c b/fs/fuse/a.c
--- a/fs/fuse/a.c
+++ b/fs/fuse/a.c
@@ -1,4 +1,4 @@
 one

-two
+2
 three
`;

const HEAD = '            fio-1234    [002] .....  5678.123456: ';
const INODE = 'connection 1 ino 12 nodeid 7 isize 0x10000';
const TRACE = `${HEAD}fuse_iomap_begin: ${INODE} opflags () pos 0x1000 length 0x200
${HEAD}fuse_iomap_read_map: ${INODE} offset 0x1000 length 0x2000 type mapped dev 2 addr 0x100000 mapflags ()
${HEAD}fuse_iomap_write_map: ${INODE} offset 0x1000 length 0x2000 type hole dev 0 addr 0xffffffffffffffff mapflags ()
`;

const MARKS = ['Jane> ', 'JS> ', 'j.doe> ', '| ', ': ', '> JS> ', 'JS> > ', '| | ', ': JS> '];
const quoted = (text: string, mark: string) => `Hi,\n\n${text.trimEnd().replace(/^/gm, mark)}\n\nI see.\n`;

test.each(MARKS)('what is quoted with %s is read', async (mark) => {
  for (const [kind, text] of [
    ['patch', PATCH],
    ['hexdump', copyAsHexdump(REFUSED)!],
    ['trace', TRACE],
    ['c', 'out->read.offset = 4096;\nout->read.length = 4096;\nout->read.dev = 1;'],
  ] as const) {
    const [plain, marked] = await Promise.all([importAnything(text), importAnything(quoted(text, mark))]);
    expect(plain, kind).toMatchObject({ kind, ok: true });
    expect(marked, kind).toEqual(plain);
  }
});

test('a mark is one only where the lines around have it too', () => {
  expect(usualQuotes('JS> a\nJS>\nJS> b')).toBe('> a\n>\n> b');
  expect(usualQuotes('Hi\nJS> a\nJS> b\nwrapped\n> JS> c')).toBe('Hi\n> a\n> b\nwrapped\n> > c');
  for (const text of [
    'JS> a',
    'mysql> one\nsaid\nsaid\nsaid\nmysql> two\nsaid',
    '| a | b |\n| 1 | 2 |',
    ':100644 100644 a b M\n:100644 100644 a b M',
    'a->b = 1\nread->c = 2',
    ' | 00000  10 00 00 00  .... |\n | 00010  10 00 00 00  .... |',
  ])
    expect(usualQuotes(text)).toBe(text);
});
