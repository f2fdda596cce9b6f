// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCard } from '#engine/text/card.ts';

/**
 * Cards that were printed once and open for ever, and the scenario that each must open as. The folder only
 * grows: add `1-name.txt` and `.json`, and their digest here. A new build may print cards that look otherwise.
 */
const FOLDER = new URL('../data/cards/', import.meta.url);
const FROZEN: Readonly<Record<string, string>> = {
  '1-many-devices': 'ba8dad12f1b25e19',
  '1-passthrough-id': '6c48ed6c87bf375e',
  '1-raw-answer': 'ab0b48fb86601bc5',
  '1-short-write': 'f651cbd3ae497a0c',
  '1-whole': '95ddd5d8db0e436f',
};

const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.slice(0, -4));

test.each(Object.entries(FROZEN))('%s is as it was frozen', (name, digest) => {
  const hash = createHash('sha256')
    .update(read(`${name}.txt`))
    .update(read(`${name}.json`));
  expect(hash.digest('hex').slice(0, 16)).toBe(digest);
});

describe('each opens as the scenario that it was made from', () => {
  test.each(names)('%s', (name) => {
    const result = readCard(read(`${name}.txt`));
    expect(result).toMatchObject({ ok: true, notices: [] });
    if (result.ok) expect(result.text).toBe(read(`${name}.json`));
  });
});
