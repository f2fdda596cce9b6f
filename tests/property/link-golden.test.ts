// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeLink } from '#engine/link/decode.ts';
import { fromBase64Url } from '#engine/link/envelope.ts';
import type { LinkState } from '#engine/link/types.ts';
import { readJson } from '#engine/scenario/json.ts';
import { minifyScenario } from '#engine/scenario/print.ts';
import { STEP_NAMES } from '#engine/scenario/step-names.ts';

/**
 * Links that were made once and open for ever. The file only grows: append `{"link": …, "state": …}` lines, then
 * set FROZEN to the new count and digest. What stands in it is never edited.
 */
const FROZEN = [
  { version: 1, lines: 20, sha256: '13b68cb4f27fc3704d56e52a83e177262e17933adc00ecfb532ea060d95aef68' },
  { version: 2, lines: 2, sha256: 'a77ec1a2547662a44e0094caf9e89868ab479dbcb7761ac9b5db67e7c41af7ab' },
];

const fileOf = (version: number) =>
  readFileSync(new URL(`../data/links/${version}.jsonl`, import.meta.url), 'utf8');
const linesOf = (version: number) => fileOf(version).split('\n').slice(0, -1);
const file = fileOf(1);
const lines = linesOf(1);
const all = FROZEN.flatMap(({ version }) =>
  linesOf(version).map((line, index) => [version, index + 1, line] as const),
);

interface Golden {
  link: string;
  state: LinkState;
}

/** Integers of a golden line are exact; the step is a plain number, as in a LinkState. */
function golden(line: string): Golden {
  const { root, faults } = readJson(line);
  expect(faults).toEqual([]);
  const { link, state } = root?.value as unknown as Golden;
  return { link, state: { ...state, step: Number(state.step) } };
}

test.each(FROZEN)('file $version still begins with the lines that were frozen', (frozen) => {
  const kept = linesOf(frozen.version)
    .slice(0, frozen.lines)
    .map((line) => `${line}\n`);
  expect(kept.length).toBe(frozen.lines);
  expect(createHash('sha256').update(kept.join('')).digest('hex')).toBe(frozen.sha256);
});

test('a link with an edit of the core is of format 2, every other of format 1', () => {
  for (const [version, , line] of all) {
    const { link, state } = golden(line);
    expect(link.startsWith(`#${version}.`)).toBe(true);
    expect(state.edit !== undefined).toBe(version === 2);
  }
});

describe('each opens as the state it was made from', () => {
  test.each(all)('file %i, line %i', (_, __, line) => {
    const { link, state } = golden(line);
    const result = decodeLink(link);
    expect(result).toEqual({ ok: true, state });
    if (result.ok) expect(minifyScenario(result.state.scenario)).toBe(minifyScenario(state.scenario));
  });
});

test('they hold every form of a payload and every kind of step', () => {
  const flags = lines.map((line) => fromBase64Url(golden(line).link.split('.')[2]?.slice(0, 4) ?? '')?.[0]);
  expect([...new Set(flags)].sort()).toEqual([0, 1, 2, 3]);
  const kinds = [...file.matchAll(/"do":"([a-z_]+)"/g)].map(([, kind]) => kind);
  expect([...new Set(kinds)].sort()).toEqual([...STEP_NAMES].sort());
});

/** Keys and values that came after the first links. */
const LATER = [
  'access',
  'after',
  'allocates',
  'block',
  'blk-path',
  'cache',
  'caches',
  'copyOnWrite',
  'dir-path',
  'expectOn',
  'extents',
  'fopenDirectIo',
  'inlineRead',
  'inlineWrites',
  'iomapInodes',
  'mappedExtents',
  'newsize',
  'nofork',
  'payload',
  'reg-path',
  'server',
  'signal',
];

test('they hold what the format grew by', () => {
  expect(LATER.filter((word) => !file.includes(`"${word}"`))).toEqual([]);
});
