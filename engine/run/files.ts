// SPDX-License-Identifier: MIT
import type { Fd } from '../scenario/schema.ts';

const S_IFCHR = 0x2000;
const S_IFDIR = 0x4000;
const S_IFBLK = 0x6000;
const S_IFREG = 0x8000;

/** The file of each kind of descriptor: mode bits, and the stack depth of its super block. */
const KINDS: Readonly<Record<Fd['kind'], { mode: number; stackDepth: number } | null>> = {
  'blk-path': { mode: S_IFBLK, stackDepth: 0 },
  'reg-path': { mode: S_IFREG, stackDepth: 0 },
  'dir-path': { mode: S_IFDIR, stackDepth: 0 },
  blk: { mode: S_IFBLK, stackDepth: 0 },
  'deep-blk': { mode: S_IFBLK, stackDepth: 2 },
  reg: { mode: S_IFREG, stackDepth: 0 },
  'no-rw-iter': { mode: S_IFREG, stackDepth: 0 },
  'mid-stack': { mode: S_IFREG, stackDepth: 1 },
  'deep-stack': { mode: S_IFREG, stackDepth: 2 },
  dir: { mode: S_IFDIR, stackDepth: 0 },
  chr: { mode: S_IFCHR, stackDepth: 0 },
  none: null,
};

/** The file of a kind, or null for a descriptor that is not open. */
export function fileOfKind(kind: Fd['kind']): { mode: number; stackDepth: number } | null {
  return KINDS[kind];
}
