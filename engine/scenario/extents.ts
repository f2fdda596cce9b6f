// SPDX-License-Identifier: MIT
/** Where the bytes of a file are at the start, and how a write is answered: begins are answered from it. */

import * as v from 'valibot';
import { FUSE_IOMAP_F } from '../kernel/names.ts';
import { array, described, object, oneOf } from './build.ts';
import { CAPS } from './caps.ts';
import { integer } from './integer-leaf.ts';
import { S64_MAX } from './integers.ts';
import { flags } from './named-values.ts';
import { u32, u64 } from './values.ts';

/** What a row may be. Where no row is, there is a hole. */
export const EXTENT_TYPES = ['MAPPED', 'UNWRITTEN', 'HOLE'] as const;

/** One mapping, in the keys of a reply. */
const extent = object({
  offset: v.optional(
    integer({ min: 0n, max: S64_MAX, description: 'File offset in bytes where the extent starts.' }),
    0n,
  ),
  length: v.optional(
    integer({ min: 1n, max: S64_MAX, description: 'Length of the extent in bytes.' }),
    4096n,
  ),
  addr: v.optional(u64('Byte address on the device.'), 0n),
  type: described(
    v.optional(oneOf(EXTENT_TYPES), 'MAPPED'),
    'MAPPED, UNWRITTEN, or HOLE, which is the same as no row.',
  ),
  flags: v.optional(flags(FUSE_IOMAP_F, 0xffff, 'FUSE_IOMAP_F_*. SHARED: others use these blocks too.'), []),
  dev: v.optional(u32('Backing id of the device.'), 1n),
});

/** How a write over a hole is answered. */
export const ALLOCATES = ['unwritten', 'never'] as const;
/** Which blocks a write does not touch, but puts its bytes elsewhere. */
export const COPIES = ['shared', 'always'] as const;

export const extentEntries = {
  extents: described(
    v.optional(array(extent, CAPS.extentRows)),
    'Where its bytes are at the start. Begins without a reply are answered from it.',
  ),
  allocates: described(
    v.optional(oneOf(ALLOCATES)),
    'What a write over a hole gets: unwritten blocks, or never any (-ENOSPC). Left out: unwritten.',
  ),
  copyOnWrite: described(
    v.optional(oneOf(COPIES)),
    'Which blocks are written elsewhere: those of extents with SHARED, or always all. Left out: shared.',
  ),
};

export type Extent = v.InferOutput<typeof extent>;
