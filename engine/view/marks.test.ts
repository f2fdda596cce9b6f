// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { fieldPaths } from './marks.ts';

test('a check points at the field of the mapping that it looked at', () => {
  expect(fieldPaths({ check: 'length-zero', which: 'write' })).toEqual([['reply', 'write', 'length']]);
  expect(fieldPaths({ check: 'read-before-pos', which: null })).toEqual([
    ['reply', 'read', 'length'],
    ['reply', 'read', 'offset'],
  ]);
  expect(fieldPaths({ check: 'open-padding', which: null })).toEqual([['padding']]);
  expect(fieldPaths({ check: 'reply-size', which: null })).toEqual([['reply', 'hex']]);
  expect(fieldPaths({ check: 'open-id', which: null })).toEqual([]);
});
