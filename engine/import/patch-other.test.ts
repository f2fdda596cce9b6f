// SPDX-License-Identifier: MIT
import { describe, expect, it, test } from 'vitest';
import { importAnything } from './import-any.ts';
import { patchLine } from '../view/paste-words.ts';
import { readPatches } from './patch.ts';

const OLD = '\tif (BAD_DATA(map->length == 0))';
const NEW = '\tif (BAD_DATA(!map->length))';
const HUNK = `@@ -40 +40 @@ static bool fuse_iomap_check_mapping(const struct inode *inode,\n-${OLD}\n+${NEW}\n`;
const CONTEXT = `*** a/fs/fuse/f.c\tMon Jan  5 10:00:00 2026\n--- b/fs/fuse/f.c\tMon Jan  5 11:00:00 2026\n***************\n*** 40 ****\n! ${OLD}\n--- 40 ----\n! ${NEW}\n`;
const MARKED = `-${OLD}\n+${NEW}\n`;
const quoted = (text: string) => `On Monday A wrote:\n${text.replace(/^/gm, '> ')}\nWhy?\n`;

describe('says what was found and what to paste', () => {
  it.each([
    ['a context diff', CONTEXT, /context diff.*unified diff/],
    ['a context diff with CRLF', CONTEXT.replaceAll('\n', '\r\n'), /context diff.*unified diff/],
    ['a context diff in an answer', quoted(CONTEXT), /context diff.*unified diff/],
    ['lines without their "@@" line', MARKED, /"@@ .* line above them/],
    ['such lines in an answer', quoted(MARKED), /"@@ .* line above them/],
    ['no patch', 'Hello\n\n- one\n- two\n', /does not read|Expected a patch/],
  ])('%s', async (_, text, message) => {
    const refused = { ok: false, message: expect.stringMatching(message) };
    expect(await readPatches(text)).toMatchObject(refused);
    expect(await importAnything(text)).toMatchObject(refused);
  });
});

test('a hunk that an answer quotes without the names of its file is read', async () => {
  const read = await readPatches(quoted(HUNK));
  expect(read).toMatchObject({
    ok: true,
    patches: [{ files: [{ newPath: '', hunks: [{}] }], incomplete: 0 }],
  });
  if (read.ok) expect(patchLine(read.patches[0]!)).toMatch(/file not named/);
});
