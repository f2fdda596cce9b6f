// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { checkPair, fromBase64Url, toBase64Url } from './envelope.ts';

test('base64url is that of Node, for every length of the last group', () => {
  for (let length = 0; length < 70; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 167 + length * 31) & 0xff);
    const text = toBase64Url(bytes);
    expect(text).toBe(Buffer.from(bytes).toString('base64url'));
    expect(fromBase64Url(text)).toEqual(bytes);
  }
});

test('text that is not base64url has no bytes', () => {
  expect(fromBase64Url('AAAAA')).toBeNull();
  expect(fromBase64Url('AA+A')).toBeNull();
  expect(fromBase64Url('AA=A')).toBeNull();
});

test('the pair ends in letters or digits', () => {
  for (let n = 0; n < 4000; n++) expect(checkPair(`1.${n}.`)).toMatch(/^[0-9A-Za-z]{2}$/);
});

test('the pair tells any one other character, at any place', () => {
  const text = '1.64.ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const pair = checkPair(text);
  for (let at = 0; at < text.length; at++)
    for (let code = 33; code < 127; code++) {
      const changed = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
      if (changed !== text) expect(checkPair(changed)).not.toBe(pair);
    }
});

test('the pair tells the exchange of any two different characters of a link of 3,800', () => {
  const distances = Array.from({ length: 3800 }, (_, i) => i + 1);
  const text = (distance: number, first: string, last: string) =>
    first + 'x'.repeat(distance - 1) + last + 'y'.repeat(3800 - distance);
  for (const distance of distances)
    expect(checkPair(text(distance, 'a', 'b'))).not.toBe(checkPair(text(distance, 'b', 'a')));
});
