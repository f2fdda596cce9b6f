// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { named } from './storage.ts';

test('names carry the folder that the page lies in, so that two copies of one origin keep apart', () => {
  const at = (pathname: string) => {
    Object.assign(globalThis, { location: { pathname } });
    return named('work');
  };
  expect(at('/one/')).toBe('iomap-playground:/one/:work');
  expect(at('/one/index.html')).toBe(at('/one/'));
  expect(new Set([at('/'), at('/one/'), at('/one/two/')]).size).toBe(3);
});
