// SPDX-License-Identifier: MIT
import { afterEach, expect, test, vi } from 'vitest';
import { findFirefox } from './find-firefox.mjs';

afterEach(() => vi.unstubAllEnvs());

test('$FIREFOX names the Firefox to use', () => {
  vi.stubEnv('FIREFOX', process.execPath);
  expect(findFirefox()).toBe(process.execPath);
});

test('a $FIREFOX that is not there is a mistake, not a reason to skip', () => {
  vi.stubEnv('FIREFOX', '/nowhere/firefox');
  expect(() => findFirefox()).toThrow('FIREFOX=/nowhere/firefox: there is no such file');
});
