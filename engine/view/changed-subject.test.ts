// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { REVISIONS } from '../kernel/features.ts';
import { changedAddress, changedSubject } from './changed-subject.ts';

it('reads what it writes, for each pair of revisions', () => {
  for (const from of REVISIONS)
    for (const to of REVISIONS) {
      const subject = { fn: 'fuse_iomap_begin', from, to };
      expect(changedSubject(changedAddress(subject))).toEqual(subject);
    }
});

it('fills in what an address leaves out', () => {
  expect(changedSubject('')).toEqual({ fn: '', from: 'v6-04', to: '2026-01' });
  expect(changedSubject('x?to=late')).toEqual({ fn: 'x', from: 'v6-04', to: 'late' });
});

it.each(['x?from=v5', 'x?rev=late', 'a b', 'x?from=late?to=late', '../x'])('knows nothing of %s', (text) => {
  expect(changedSubject(text)).toBeNull();
});
