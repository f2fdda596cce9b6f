// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { OWN, labelsOf, readSide, type Choice, type Source } from './sources.ts';

const text = (name: string, own = '{"format":1,"steps":[]}'): Source => ({
  kind: 'text',
  name,
  text: own,
  step: 0,
});
const side = (source: Source, revision: Choice['revision'] = 'v6-04'): Choice => ({ source, revision });

test('sides are called by what tells them apart, and never alike', () => {
  expect(labelsOf([side(OWN), side(OWN, 'late')])).toEqual(['v6-04', 'late']);
  expect(labelsOf([side(OWN), side(text('A hole'))])).toEqual(['this scenario', '“A hole”']);
  expect(labelsOf([side(OWN), side(text('A hole'), 'late')])).toEqual([
    'this scenario · v6-04',
    '“A hole” · late',
  ]);
  expect(labelsOf([side(text('x')), side(text('x'))])).toEqual(['“x” (left)', '“x” (right)']);
});

test('a side that cannot be run says why', () => {
  expect(readSide(side(OWN), 'a', null)).toEqual({ trouble: expect.stringContaining('mend it first') });
  expect(readSide(side(text('x', '{"format":1}')), 'a', null)).toEqual({
    trouble: expect.stringMatching(/^“x” can’t be run: .*steps/),
  });
  expect(readSide(side(text('x'), 'late'), 'a', null)).toMatchObject({
    side: { label: 'a', revision: 'late', scenario: { steps: [] } },
  });
});
