// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { isLinked, partIn } from './names.ts';

test('the part of an address is a name or an exercise itself', () => {
  expect(isLinked('1.4.AAAAQ7')).toBe(true);
  expect(isLinked('the-other-disk')).toBe(false);
});

test('an address is found in a text, and ends where it says', () => {
  expect(partIn('Try https://host.example/play/#/exercise/the-other-disk.')).toBe('the-other-disk');
  expect(partIn('(https://host.example/#/exercise/1.4.AAAAQ7).')).toBe('1.4.AAAAQ7');
  expect(partIn('> https://host.example/#/exercise/1.4.AA=\r\n> AAQ7\r\n> Have fun')).toBe('1.4.AAAAQ7');
  expect(partIn('https://host.example/#/exercise/1.40.AAAA')).toBe('1.40.AAAA');
});

test('what is no address of an exercise is none', () => {
  for (const text of ['', '#1.4.AAAAQ7', '#/exercise/no-such', '#/exercise/', '#/exercise/1.x.AAAA'])
    expect(partIn(text)).toBeNull();
});
