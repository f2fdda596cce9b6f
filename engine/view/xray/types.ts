// SPDX-License-Identifier: MIT
import type { SectorRun } from '../../run/types.ts';

export interface Range {
  start: bigint;
  /** Exclusive. */
  end: bigint;
}

/** A mapping that the kernel accepted: these bytes of a file lie at `addr` of a device. */
export interface Claim {
  device: string;
  inode: string;
  file: Range;
  /** Byte address of the first byte. */
  addr: bigint;
  which: 'read' | 'write';
  /** IOMAP_* type and IOMAP_F_* flags, as the kernel holds them. */
  type: number;
  flags: number;
  /** The last step that got it, and how often steps got it in all. */
  step: number;
  times: number;
  /** False once a later mapping of the same file bytes took its place. */
  current: boolean;
}

/** Sectors that an earlier mapping called SHARED, and that were written nevertheless. */
export interface SharedWrite extends SectorRun {
  device: string;
  /** The step that learned that they are shared, and the one that wrote. */
  sharedStep: number;
  step: number;
}

/** What the accepted mappings of a run amount to, up to one execution. */
export interface XRay {
  claims: Claim[];
  sharedWrites: SharedWrite[];
  /** Mappings that found no room in `claims`. */
  leftOut: number;
}

export const byteEnd = ({ addr, file }: Claim): bigint => addr + file.end - file.start;
