// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { wordsShown } from './words.ts';

test('words that may be asked for lead to their entries, in the form that the text wants', () => {
  expect(wordsShown('a [[hole]] and [[direct|O_DIRECT]], not [x]')).toBe(
    'a [hole](#/word/hole) and [O_DIRECT](#/word/direct), not [x]',
  );
  expect(wordsShown('[[no such word]]')).toBe('*no such word*');
});
