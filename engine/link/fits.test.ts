// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { fits } from './fits.ts';

const fitting = (hashChars: number, baseChars?: number) =>
  fits(hashChars, baseChars)
    .filter((fit) => fit.fits)
    .map((fit) => fit.place);

test('a hash of 900 characters is a mail line with the room that is kept for host and path', () => {
  expect(fitting(900)).toEqual(['mail-line', 'discord', 'qr', 'slack']);
  expect(fitting(901)).toEqual(['discord', 'qr', 'slack']);
});

test('the address before the hash counts', () => {
  expect(fitting(968, 30)).toContain('mail-line');
  expect(fitting(969, 30)).not.toContain('mail-line');
});

test('each place has its own limit', () => {
  expect(fitting(2000, 0)).toEqual(['discord', 'qr', 'slack']);
  expect(fitting(2001, 0)).toEqual(['qr', 'slack']);
  expect(fitting(2953, 0)).toEqual(['qr', 'slack']);
  expect(fitting(4000, 0)).toEqual(['slack']);
  expect(fitting(4001, 0)).toEqual([]);
});
