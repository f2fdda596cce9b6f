// SPDX-License-Identifier: MIT
import type { Revision } from '../kernel/features.ts';
import { IO_QUIRKS } from './quirks-io.ts';
import { MAY_QUIRKS } from './quirks-may.ts';

/** Behaviour of a revision that is a bug, not a rule: modelled as it is, and labelled as a bug. */
export interface Quirk {
  title: string;
  /** What the revision does. */
  does: string;
  /** How that came about. */
  because: string;
  /** How it affects a server. */
  meaning: string;
  fn: string;
  /** Which revisions behave so: one for each, so that a new one is not forgotten. */
  revisions: Readonly<Record<Revision, boolean>>;
  /** Where it was fixed, in words. */
  fixed: string;
  /** Examples of the gallery that show it, by file name without ending. */
  examples: readonly string[];
}

/** The catalogue's entries beside the checks. Append only: a name, once landed, stays. */
export const QUIRKS = {
  'want-iomap-end-bit': {
    title: 'A bug of these revisions: ANON_WRITE is taken for WANT_IOMAP_END',
    does: 'The kernel ignores WANT_IOMAP_END, and ANON_WRITE in a reply makes it send an iomap_end, even for a read.',
    because:
      "The decision looks at the flags of the kernel's own iomap but tests the bit that WANT_IOMAP_END has on the wire, 0x80. In the kernel's numbering that bit is ANON_WRITE; the server's wish was moved to PRIVATE, 0x1000, where nobody looks.",
    meaning:
      'A server that counts on the iomap_end that it asked for does not get it for reads and complete writes. One that sets ANON_WRITE must be ready for more of them.',
    fn: 'fuse_should_send_iomap_end',
    revisions: {
      'v6-03': true,
      'v6-04': true,
      '2026-01': true,
      'v7-04': true,
      late: true,
      '2026-05': false,
      '2026-05-cache': false,
    },
    fixed:
      'In May 2026, in a branch of which no posting was found: the PRIVATE bit is tested. Up to v3 both numberings were the same, and it worked.',
    examples: ['end-want-iomap-end-ignored', 'end-anon-write'],
  },
  ...IO_QUIRKS,
  ...MAY_QUIRKS,
} as const satisfies Readonly<Record<string, Quirk>>;

export type QuirkId = keyof typeof QUIRKS;
