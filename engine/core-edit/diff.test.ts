// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDiff } from './apply-diff.ts';
import { changedLines, makeDiff } from './diff.ts';
import { editedLines } from './read-diff.ts';

const PATH = 'assembly/a.ts';
const lines = (count: number, from = 1) =>
  Array.from({ length: count }, (_, i) => `line ${from + i}\n`).join('');
const replaced = (text: string, edits: Record<string, string>) =>
  Object.entries(edits).reduce((sum, [from, to]) => sum.replace(`${from}\n`, to), text);

const SHIPPED = { [PATH]: lines(40), 'assembly/b.ts': lines(3) };
const EDITED = replaced(SHIPPED[PATH]!, { 'line 5': 'five\n', 'line 30': '' });

test('the edit is a unified diff of the files that differ', () => {
  const diff = makeDiff(SHIPPED, { ...SHIPPED, [PATH]: EDITED });
  expect(diff.split('\n').slice(0, 3)).toEqual([`--- a/${PATH}`, `+++ b/${PATH}`, '@@ -2,7 +2,7 @@']);
  expect(diff).toContain('\n-line 5\n+five\n');
  expect(diff).not.toContain('assembly/b.ts');
  expect(changedLines(diff)).toBe(2);
  expect(editedLines(diff, PATH)).toEqual([5, 30]);
  expect(makeDiff(SHIPPED, SHIPPED)).toBe('');
});

test('it is found in a mail that quotes it, signs it, and lost blanks at line ends', () => {
  const before = { [PATH]: 'a\n\nb\nc\n' };
  const diff = makeDiff(before, { [PATH]: 'a\n\nB\nc\n' });
  const mail = `Hello,\n\n${diff
    .trimEnd()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')}\n> -- \n> 2.39\n\nwhat about this?\n`;
  expect(applyDiff(before, mail)).toEqual({ files: { [PATH]: 'a\n\nB\nc\n' }, applied: 1, rejected: [] });
});

test('a hunk that does not fit is told, and the others go in', () => {
  const diff = makeDiff(SHIPPED, { [PATH]: EDITED });
  const other = { [PATH]: replaced(SHIPPED[PATH]!, { 'line 5': 'another\n', 'line 20': 'x\ny\nline 20\n' }) };
  const { files, applied, rejected } = applyDiff(other, diff);
  expect(applied).toBe(1);
  expect(files[PATH]).toBe(replaced(other[PATH]!, { 'line 30': '' }));
  expect(rejected).toEqual([{ path: PATH, hunk: '@@ -2,7 +2,7 @@', why: 'there is no line “line 5”' }]);
});

test('a diff of other files changes nothing', () => {
  const diff = makeDiff({ 'fs/fuse/a.c': 'x\n' }, { 'fs/fuse/a.c': 'y\n' });
  for (const path of ['fs/fuse/a.c', 'constructor', '__proto__']) {
    const { files, rejected } = applyDiff(SHIPPED, diff.replaceAll('fs/fuse/a.c', path));
    expect(Object.keys(files)).toEqual([]);
    expect(rejected).toEqual([{ path, hunk: '@@ -1,1 +1,1 @@', why: 'the core has no such file' }]);
  }
});

test('a diff that lost its end says so', () => {
  const diff = makeDiff(SHIPPED, { [PATH]: EDITED });
  const { rejected } = applyDiff(SHIPPED, diff.split('\n').slice(0, 8).join('\n'));
  expect(rejected.map(({ why }) => why)).toEqual(['its end is missing']);
});

test('any edit comes back out of its diff', () => {
  const line = fc.constantFrom(
    '',
    '  ',
    'x',
    '-x',
    '+x',
    '--- a/x',
    '+++ b/x',
    '@@ -1 +1 @@',
    '> x',
    '\\ No',
  );
  const text = fc
    .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('', '\n'))
    .map(([all, end]) => (all.length === 0 ? '' : all.join('\n') + end));
  fc.assert(
    fc.property(text, text, (tail, after) => {
      // No shipped file is empty.
      const shipped = { [PATH]: `head\n${tail}` };
      const { files, rejected } = applyDiff(shipped, makeDiff(shipped, { [PATH]: after }));
      expect(rejected).toEqual([]);
      expect({ ...shipped, ...files }).toEqual({ [PATH]: after });
    }),
    { numRuns: 500 },
  );
});
