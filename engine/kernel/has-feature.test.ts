// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { REVISIONS as BUILT } from '../../scripts/core-settings.mjs';
import { DEFAULT_REVISION, REVISIONS } from './features.ts';
import { FEATURE_NAMES, has } from './has-feature.ts';

/** The core says the same in its own words, by numbers: assembly/config.ts. */
const CONFIG = readFileSync(new URL('../../assembly/config.ts', import.meta.url), 'utf8');

const numbers = new Map(
  [...CONFIG.matchAll(/^export const (\w+): i32 = (\d+);$/gm)].map(([, name, number]) => [
    name!,
    Number(number),
  ]),
);

/** The features of the core: the name, how REVISION is compared, with which number, and the one that is left out. */
const core = [
  ...CONFIG.matchAll(/^export const (\w+): bool = REVISION (>=|==) (\w+)(?: && REVISION != (\w+))?;$/gm),
].map(([, name, how, than, but]) => ({
  name: name!,
  how: how!,
  number: numbers.get(than!)!,
  but: but === undefined ? null : numbers.get(but)!,
}));

test('both sides name the same features', () => {
  expect(core.length).toBeGreaterThan(5);
  expect(core.map(({ name }) => name).sort()).toEqual([...FEATURE_NAMES].sort());
  // No feature is written in a way that was not read here.
  const asked = core.length + core.filter(({ but }) => but !== null).length;
  expect([...CONFIG.matchAll(/\bREVISION (?:[<>=!]=?|in)/g)]).toHaveLength(asked);
});

describe.each(BUILT)('$name', ({ name, number }) => {
  test('has the features here that its core is built with', () => {
    const revision = REVISIONS.find((one) => one === name)!;
    for (const { name: feature, how, number: than, but } of core) {
      const built = how === '==' ? number === than : number >= than && number !== but;
      expect(has(revision, feature as (typeof FEATURE_NAMES)[number]), feature).toBe(built);
    }
  });
});

test('each revision is built, in the order of the numbers, and the default first', () => {
  const byNumber = [...BUILT].sort((a, b) => a.number - b.number).map(({ name }) => name);
  expect(byNumber).toEqual([...REVISIONS]);
  expect(BUILT[0]!.name).toBe(DEFAULT_REVISION);
});
