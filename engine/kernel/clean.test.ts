// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clean, cleanJson, cleanLines, quoted } from './clean.ts';

/** Written out here a second time, so that the test does not believe what it tests. */
// eslint-disable-next-line no-control-regex
const HARMFUL = /[\0-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
const anyText = fc.string({ unit: 'binary', maxLength: 40 });
const harmful = fc.string({
  unit: fc.constantFrom(
    'a',
    '\u202e',
    '\u2067',
    '\u200f',
    '\x1b',
    '[2J',
    '\u009b',
    '\0',
    '\n',
    'é',
    '\ud800',
  ),
});

test.each([
  ['a\u202eb', 'a\\u{202e}b'],
  ['\u2066\u2069', '\\u{2066}\\u{2069}'],
  ['\x1b[31mred\x07', '\\u{1b}[31mred\\u{7}'],
  ['\u009b31m', '\\u{9b}31m'],
  ['one\r\ntwo\tthree', 'one two three'],
  ['half \ud800', 'half \\u{d800}'],
  ['a\u200db', 'a\\u{200d}b'],
])('%j is told as %j', (text, told) => {
  expect(clean(text)).toBe(told);
});

test('words and emoji that need a joiner keep it, one at a time', () => {
  for (const text of ['می\u200cخواهم', '👩\u200d💻', 'naïve · “x” 日本']) expect(clean(text)).toBe(text);
  expect(clean('م\u200c\u200c')).toBe('م\u200c\\u{200c}');
  expect(clean('👩\u200d💻', true)).toMatch(/^[\x20-\x7e]+$/);
});

test('no text keeps a harmful character, in any of the forms', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, harmful), (text) => {
      expect(clean(text)).not.toMatch(HARMFUL);
      expect(quoted(text)).not.toMatch(HARMFUL);
      expect(cleanLines(text).replace(/[\n\t]/g, '')).not.toMatch(HARMFUL);
      expect(cleanLines(text).split('\n')).toHaveLength(text.split('\n').length);
    }),
  );
});

test('printed JSON means the same when it is cleaned', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, harmful), anyText, (key, value) => {
      const json = JSON.stringify({ [`k${key}`]: [value, `${value}\u202e\u{e0041}`] }, null, 2);
      expect(JSON.parse(cleanJson(json))).toEqual(JSON.parse(json));
      expect(cleanJson(json).replace(/\n/g, '')).not.toMatch(HARMFUL);
    }),
  );
});
