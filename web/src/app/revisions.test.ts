// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { REVISIONS } from '#engine/kernel/features.ts';
import { REVISION_NOTES } from './revisions.ts';

test('the last revision is the tip, and no other is called so', () => {
  expect(REVISIONS.filter((revision) => REVISION_NOTES[revision] === 'the tip')).toEqual([REVISIONS.at(-1)]);
});

test('no two revisions have the same words', () => {
  expect(new Set(Object.values(REVISION_NOTES)).size).toBe(REVISIONS.length);
});
