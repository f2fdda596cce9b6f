// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { CATALOGUE } from '../checks/catalogue.ts';
import { CHECKS } from '../kernel/checks.ts';
import type { Judgement } from './judge.ts';
import { hintText } from './said.ts';
import type { LessonStep } from './types.ts';

const step = { hints: [{ text: 'Look at addr.' }] } as LessonStep;
const said = (more: Partial<Judgement>) =>
  hintText(step, { met: false, hint: null, came: 'refused', refusedBy: null, strayed: [], ...more });

test('the hint that fits is what is told', () => {
  expect(said({ hint: 0, refusedBy: 'addr-missing' })).toBe('Look at addr.');
});

test('where none fits, a refusal is told with the name and the sentence of its check', () => {
  for (const refusedBy of CHECKS) {
    expect(said({ refusedBy })).toContain(`by \`${refusedBy}\``);
    expect(said({ refusedBy })).toContain(CATALOGUE[refusedBy].refuses);
  }
});

test('where none fits, a taken answer is told apart from one that never came', () => {
  expect(said({ came: 'taken' })).toContain('takes this answer');
  expect(said({ came: 'waiting' })).toContain('waits for ever');
});
