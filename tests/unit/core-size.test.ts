// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const FAST = new URL('../../build/core/v6-04.fast.wasm', import.meta.url);
const BUDGET_BYTES = 12 * 1024;

test('the fast core is at most 12 KB gzipped', () => {
  expect(gzipSync(readFileSync(FAST), { level: 9 }).length).toBeLessThanOrEqual(BUDGET_BYTES);
});
