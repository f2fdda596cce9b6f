// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { FUSE_IOMAP_TYPE } from '../kernel/names.ts';
import { rawTypeCode } from '../kernel/codes.ts';
import { typeNote, typeTitle } from './type-note.ts';

const { PURE_OVERWRITE, RETRY_CACHE } = FUSE_IOMAP_TYPE;

test('a name is told with its number on the revision', () => {
  expect(typeNote(PURE_OVERWRITE, 'v6-04')).toBe('255');
  expect(typeNote(PURE_OVERWRITE, '2026-05')).toBe('65535');
  expect(typeTitle(PURE_OVERWRITE, '2026-05')).toBeUndefined();
});

test('a name that a revision lacks has the number of the nearest one that has it, which is said', () => {
  expect(typeNote(RETRY_CACHE, 'v6-04')).toBe('254, of late');
  expect(typeNote(RETRY_CACHE, '2026-05')).toBe('65534, of 2026-05-cache');
  expect(typeNote(RETRY_CACHE, '2026-05-cache')).toBe('65534');
  expect(typeTitle(RETRY_CACHE, '2026-05')).toBe(
    '2026-05 has no type RETRY_CACHE: its number on 2026-05-cache is sent, 65,534.',
  );
});

test('a number that is a name elsewhere says so', () => {
  expect(typeTitle(rawTypeCode(255), '2026-05')).toBe('255 was PURE_OVERWRITE until May 2026.');
  expect(typeTitle(65535, 'v6-04')).toBe('65,535 is PURE_OVERWRITE from May 2026 on.');
  expect(typeTitle(5, 'v6-04')).toBeUndefined();
  expect(typeNote(rawTypeCode(255), '2026-05')).toBe('255');
});
