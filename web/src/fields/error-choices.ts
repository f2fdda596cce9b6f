// SPDX-License-Identifier: MIT
import { hintOf } from '#engine/words/hints.ts';
import type { Choice } from './choices.ts';

/** Errors that a server may answer with. */
export const ERRORS: readonly Choice[] = (
  ['enospc', 'eio', 'enosys', 'efscorrupted', 'eopnotsupp', 'enotblk'] as const
).map((id) => ({
  label: `-${id.toUpperCase()}`,
  value: `-${id.toUpperCase()}`,
  hint: hintOf(id),
}));

/** Values outside of the errnos, for whoever wants to see the answer refused. */
export const BAD_ERRORS: readonly Choice[] = [
  { label: '-512', value: -512n, hint: 'outside what the kernel takes' },
  { label: '5', value: 5n, hint: 'positive' },
];
