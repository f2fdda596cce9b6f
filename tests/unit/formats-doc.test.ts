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

/** The rows of the tables: key → what stands for it when it is left out. */
const rows = new Map(
  page
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .flatMap(([, key, , left]) =>
      /^`[a-z$][\w.*]*`$/.test(key ?? '') ? [[key!.slice(1, -1), left!] as const] : [],
    ),
);

const described = (key: string) => SAME.reduce((name, [from, to]) => name.replace(from, to), key);
const keys = [...scenarioKeys()].filter(
  ([key]) => !/^step\.expect(On\.\*)?(\.not)?\.message\.map\./.test(key),
);

describe('docs/FORMATS.md and the schema', () => {
  it.each(keys)('agree on %s', (key, text) => {
    const left = rows.get(described(key));
    expect(left, 'a row').toBeTruthy();
    if (text === undefined) expect(left).not.toMatch(/`/);
    else expect(left).toBe(`\`${text}\``);
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
