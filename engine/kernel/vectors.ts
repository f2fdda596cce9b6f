// SPDX-License-Identifier: MIT
import type { Revision } from './features.ts';

/** The functions that compiled kernel C was asked about: fuse_iomap_begin, fuse_iomap_end, the backing table. */
export type VectorFamily = 'begin' | 'end' | 'backing';

/** Of which revision there are golden vectors (tests/conformance/vectors). All else is a reading. */
export const HAS_VECTORS: Readonly<Record<Revision, Readonly<Record<VectorFamily, boolean>>>> = {
  'v6-03': { begin: true, end: true, backing: false },
  'v6-04': { begin: true, end: true, backing: true },
  '2026-01': { begin: false, end: true, backing: false },
  'v7-04': { begin: false, end: false, backing: false },
  late: { begin: true, end: true, backing: false },
};
