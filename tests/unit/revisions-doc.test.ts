// SPDX-License-Identifier: MIT
/** docs/LIMITS.md tells of every revision, and of what it was compared with. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { VectorFamily } from '#engine/kernel/compared.ts';
import { REVISIONS } from '#engine/kernel/features.ts';
import { allRevisions } from '#engine/kernel/revisions.ts';

const page = readFileSync(new URL('../../docs/LIMITS.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^ *\| `([\w-]+)` +\| .+? \| (.+?) +\|$/gm)].map(
  ([, name, compared]) => [name!, compared!] as const,
);

/** What the page calls the families of vectors. */
const WORDS: Readonly<Record<VectorFamily, string>> = {
  begin: 'begin',
  end: 'end',
  backing: 'table',
  io: 'I/O',
};

test('a row for each revision, in the order of their dates', () => {
  expect(rows.map(([name]) => name)).toEqual([...REVISIONS]);
});

test('as many as it says', () => {
  const numbers = ['Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'];
  expect(page).toContain(`**${numbers[REVISIONS.length - 5]} revisions**`);
});

test.each(allRevisions())('what $name was compared with', ({ name, compared }) => {
  const told = rows.find(([row]) => row === name)![1];
  const families = (Object.keys(WORDS) as VectorFamily[]).filter((family) =>
    told.split(', ').some((word) => word.split(' ')[0] === WORDS[family]),
  );
  expect(families).toEqual(
    (Object.keys(WORDS) as VectorFamily[]).filter((family) => compared[family] !== 'reading'),
  );
});
