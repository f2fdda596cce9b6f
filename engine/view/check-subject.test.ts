// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { checkSubject } from './check-subject.ts';

test('is a check, or a check and a revision', () => {
  expect(checkSubject('length-zero')).toEqual({ check: 'length-zero', revision: null });
  expect(checkSubject('length-zero?rev=late')).toEqual({ check: 'length-zero', revision: 'late' });
});

test.each([
  '',
  'length',
  'length-zero?',
  'length-zero?rev=',
  'length-zero?rev=v9',
  'length-zero?late',
  'length-zero?rev=late?',
])('is not %j', (text) => expect(checkSubject(text)).toBeNull());
