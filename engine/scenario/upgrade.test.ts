// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { upgradeDocument } from './upgrade.ts';

it('leaves a document of this format as it is', () => {
  const document = { format: 1n, steps: [] };
  expect(upgradeDocument(document)).toEqual({ value: document });
});

it.each([
  [{ format: 2n }, 'format 2 and needs a newer build'],
  [{ format: 2n ** 70n }, 'needs a newer build'],
  [{ format: 0n }, 'begins with { "format": 1'],
  [{ format: '1' }, 'begins with { "format": 1'],
  [{ steps: [] }, '"format" is missing'],
  [[], 'Expected a scenario'],
  [null, 'Expected a scenario'],
])('%o: %s', (document, words) => {
  expect(upgradeDocument(document)).toEqual({ message: expect.stringContaining(words) as string });
});
