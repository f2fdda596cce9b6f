// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCard } from '../../engine/text/card.ts';

/**
 * Cards that were printed once and open for ever, and the scenario that each must open as. The folder only
 * grows: what stands in it is never edited, and a new build may print cards that look otherwise.
 */
const FOLDER = new URL('../data/cards/', import.meta.url);
const FROZEN = ['many-devices', 'passthrough-id', 'raw-answer', 'short-write', 'whole'];

const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.slice(0, -4));

test('those that were frozen are still there', () => {
  expect(names).toEqual(expect.arrayContaining(FROZEN.map((name) => `1-${name}`)));
});

describe('each opens as the scenario that it was made from', () => {
  test.each(names)('%s', (name) => {
    const result = readCard(read(`${name}.txt`));
    expect(result).toMatchObject({ ok: true, notices: [] });
    if (result.ok) expect(result.text).toBe(read(`${name}.json`));
  });
});
