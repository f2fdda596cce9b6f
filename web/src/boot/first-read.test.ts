// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { parseDocument } from '#engine/scenario/parse.ts';
import { FIRST } from './first-scenario.ts';
import { FIRST_READ, readStart } from './first-read.ts';

test('what a first visit runs is its text', async () => {
  expect(FIRST_READ).toEqual(parseDocument(FIRST).scenario);
  expect(await readStart(FIRST)).toBe(FIRST_READ);
});

test('any other text is read', async () => {
  const text = FIRST.replace('8192', '4096');
  expect(await readStart(text)).toEqual(parseDocument(text).scenario);
  expect(await readStart('{')).toBeNull();
});
