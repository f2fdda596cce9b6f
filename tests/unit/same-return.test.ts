// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { sameReturn } from '../../web/src/app/same-return.ts';

it.each<[string, string, string, boolean]>([
  ['fiemap', '3', '0', true],
  ['bmap', '256', '0', true],
  ['fiemap', '0', '0', true],
  ['fiemap', '3', '-EIO', false],
  ['fiemap', '-EIO', '0', false],
  ['fiemap', 'waiting', '0', false],
  ['pread', '3', '0', false],
])('%s: %s in a link, %s today', (step, then, today, same) => {
  expect(sameReturn(then, today, step)).toBe(same);
});
