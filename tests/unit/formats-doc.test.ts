// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MAX_DEPTH } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { CAPS } from '#engine/scenario/schema.ts';
import { scenarioKeys } from './scenario-keys.ts';

const page = readFileSync(new URL('../../docs/FORMATS.md', import.meta.url), 'utf8');

/** Shapes that the page describes once: where they appear again, and where they are described. */
const SAME: [RegExp, string][] = [
  [/^[a-z]+\.(?=(inode|replies|endReplies|ioendReplies)$)(?<!inodes\.)/, 'io.'],
  [/^iomap_begin\.reply\.write\./, 'iomap_begin.reply.read.'],
  [/^iomap_(?:end|ioend)\.reply\.(?=error|hex|payload|unique)/, 'iomap_begin.reply.'],
  [/^inodes\.\*\.cache\.after\.(?=read|write)/, 'inodes.*.cache.'],
  [/^inodes\.\*\.cache\.(?:read|write)\./, 'iomap_begin.reply.read.'],
  [/^iomap_end\.iomap\./, 'step.expect.iomap.'],
  [/^step\.expectOn\.\*\./, 'step.expect.'],
  [/^step\.expect\.(?:not|atLeast|atMost)\./, 'step.expect.'],
  [/^step\.expect\.srcmap\./, 'step.expect.iomap.'],
  [/^step\.expect\.message\.(?!written|map)/, 'step.expect.request.'],
];

/** The rows of the tables, by key: its value, and what stands for it when it is left out. */
const rows = new Map(
  page
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .flatMap(([, key, value, left]) =>
      /^`[a-z$][\w.*]*`$/.test(key ?? '')
        ? [[key!.slice(1, -1), { value: value!, left: left! }] as const]
        : [],
    ),
);

const described = (key: string) => SAME.reduce((name, [from, to]) => name.replace(from, to), key);
const keys = [...scenarioKeys()].filter(
  ([key]) => !/^step\.expect(On\.\*)?(\.not)?\.message\.map\./.test(key),
);

describe('docs/FORMATS.md and the schema', () => {
  it.each(keys)('agree on %s', (key, { left, words }) => {
    const row = rows.get(described(key));
    expect(row?.left, 'a row').toBeTruthy();
    if (left === undefined) expect(row!.left).not.toMatch(/`/);
    else expect(row!.left).toBe(`\`${left}\``);
    // A list that the page gives in full: others are described.
    if (words !== null && /^`[^`]+`(?:,? `[^`]+`)*$/.test(row!.value))
      expect([...row!.value.matchAll(/[^`, ]+/g)].map(([word]) => word)).toEqual([...words]);
  });

  it('have the same revisions, and other lists of words', () => {
    const listed = keys.filter(
      ([key, { words }]) => words !== null && rows.get(described(key))?.value.startsWith('`'),
    );
    expect(listed.map(([key]) => key)).toEqual(expect.arrayContaining(['kernel.revision', 'umount.how']));
  });

  it('have the same keys', () => {
    expect([...rows.keys()].sort()).toEqual([...new Set(keys.map(([key]) => described(key)))].sort());
  });

  it('have the same limits', () => {
    const { textChars, steps, executions, devices, fds, inodes, entries } = CAPS;
    for (const limit of [
      textChars,
      steps,
      executions,
      devices,
      fds,
      entries,
      CAPS.titleChars,
      CAPS.serverChars,
      CAPS.notesChars,
    ]) {
      expect(page).toContain(limit.toLocaleString('en'));
    }
    expect(page).toMatch(new RegExp(`at most ${inodes} +\\|`));
    expect(page).toContain(`${MAX_DEPTH} levels`);
  });
});

it('shows examples that are scenarios', () => {
  const blocks = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map((block) => block[1]!);
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) expect(parseDocument(block).problems).toEqual([]);
});
