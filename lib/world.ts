// SPDX-License-Identifier: MIT
/** The machine as a program describes it: the keys of a scenario without its steps (docs/FORMATS.md). */

import type { Revision } from '#engine/kernel/features.ts';

/** A 64-bit value: a bigint, a whole number up to 2^53, or a text as in a scenario (`'64K'`, `'0x1000'`). */
export type Amount = bigint | number | string;

export interface World {
  /** The revision of the kernel; if left out, that of the format. */
  revision?: Revision;
  /** Block devices by name; one, vda of 1 MiB, if left out. */
  devices?: Record<string, Device>;
  /** Files by name; one, `a` of 64 KiB in blocks of 4096, if left out. */
  inodes?: Record<string, Inode>;
  /** The server's descriptors by number; if left out, 3 opens the first device, 4 the second, and so on. */
  fds?: Record<string, object>;
  connection?: object;
  superblock?: object;
  kernel?: object;
}

export interface Device {
  size?: Amount;
  logicalBlockSize?: number;
  readOnly?: boolean;
  contents?: 'zeros' | 'pattern';
  bytes?: { at: Amount; hex: string }[];
  faults?: {
    op?: 'read' | 'write' | 'both';
    sector: Amount;
    sectors?: Amount;
    times?: Amount | 'always';
    error?: string | number;
  }[];
  diesAfterBios?: Amount;
}

export interface Inode {
  ino?: Amount;
  nodeid?: Amount;
  blockSize?: number;
  size?: Amount;
  caches?: boolean;
}

/** The document of a machine, without steps. */
export function documentOfWorld({ revision, kernel, ...rest }: World): Record<string, unknown> {
  return {
    format: 1,
    kernel: { ...kernel, ...(revision === undefined ? {} : { revision }) },
    ...rest,
  };
}
