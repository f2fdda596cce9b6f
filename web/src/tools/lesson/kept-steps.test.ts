// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { worksOf } from './kept-steps.ts';

const work = { start: 's', text: 't', met: true };

test('what was kept is read, and gaps stay gaps', () => {
  expect(worksOf(JSON.stringify({ format: 1, steps: [work, null, { ...work, met: 'x' }] }))).toEqual([
    work,
    null,
    { ...work, met: false },
  ]);
});

test.each([
  ['nothing', null],
  ['what is not JSON', '{'],
  ['another thing', '[]'],
  ['a list that is none', '{"steps": 3}'],
  ['what a newer page wrote', JSON.stringify({ format: 2, steps: [work] })],
])('%s counts as not begun', (_, text) => {
  expect(worksOf(text)).toEqual([]);
});

test('a step without its texts counts as not begun', () => {
  expect(worksOf(JSON.stringify({ format: 1, steps: [{ met: true }, 7] }))).toEqual([null, null]);
});
