// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { CHECK_IDS } from '../kernel/checks.ts';
import { ERRNO } from '../kernel/errno.ts';
import { FIRST_WORD, SUFFIXES, TOKEN, WORDS, dictionary } from './dictionary-1.ts';
import { END, codeOf } from './letters-1.ts';
import { CLASS, FAMILIES } from './numbers-1.ts';

const digest = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

test('words fit one byte each, and none comes twice', () => {
  expect(new Set(WORDS).size).toBe(WORDS.length);
  expect(FIRST_WORD + WORDS.length).toBeLessThanOrEqual(256);
});

test('every check and errno of the day of the freeze is a word', () => {
  for (const id of CHECK_IDS.slice(1, 48)) expect(WORDS).toContain(id);
  for (const name of Object.keys(ERRNO)) expect(WORDS).toContain(`-${name}`);
});

test('the dictionary names only words that are in the list', () => {
  // A word that is not found would have become the code before the first.
  expect([...dictionary()]).not.toContain(FIRST_WORD - 1);
  expect(dictionary().length).toBeLessThan(32_768);
});

const families = FAMILIES.map(({ shift, ...family }) => ({ ...family, shift: Number(shift) }));
const letters = Array.from({ length: END + 1 }, (_, symbol) => codeOf(symbol));

test.each([
  [
    'codes',
    JSON.stringify([TOKEN, FIRST_WORD, SUFFIXES]),
    '735c9439b3c6c8c26347e8b6c804fe04ae3dbb9ce0eb3f2ac8474c56919ec800',
  ],
  ['words', WORDS.join(' '), '643dd39f1c99940a8d2cb926d6674aa0505035a20b642bcc2c56d584a247122b'],
  ['dictionary', dictionary(), '84dc87e3b256ec41834f538a0159cea415f0007f4ebc31c9c18711d3d1a30b1a'],
  [
    'classes of numbers',
    JSON.stringify([CLASS, families]),
    '4c91c0ba0f4a52a7b6d9f9b99de7e564d77062ac9fd556422b7f901a049fd3bb',
  ],
  [
    'code of letters',
    JSON.stringify(letters),
    '376c7cea79e3cf52fa34808754d2a3f88ccaae1a923ee1ab34c6724353947940',
  ],
])('format 1 is frozen: %s', (_, value, sha256) => {
  expect(digest(value)).toBe(sha256);
});
