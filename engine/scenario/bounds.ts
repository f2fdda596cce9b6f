// SPDX-License-Identifier: MIT
/** Bounds of what may come of a step: numbers that need not be exactly so. */

import * as v from 'valibot';
import { NULL_ADDR } from '../kernel/names.ts';
import { described, object } from './build.ts';
import { loff, u32, u64, written } from './values.ts';

const mapping = object({
  offset: v.optional(u64('File offset in bytes.')),
  length: v.optional(u64('Length in bytes.')),
  addr: v.optional(u64('Device address in bytes.', { NULL_ADDR })),
});

export const bounds = object({
  ret: v.optional(written('The return value.')),
  iomap: described(v.optional(mapping), 'The iomap after the call.'),
  srcmap: described(v.optional(mapping), 'The srcmap after the call.'),
  table: described(
    v.optional(object({ live: v.optional(u32('Live ids.')), cursor: v.optional(u32('The IDR cursor.')) })),
    'The backing table after the step.',
  ),
  requests: v.optional(u32('How many requests the server got.')),
  bios: v.optional(u32('How many requests the devices got.')),
  mappedExtents: v.optional(u64('How many extents fiemap counted.')),
  block: v.optional(u64('The device block that bmap gave.')),
  size: v.optional(loff('Size of the file after the step.')),
  diskSize: v.optional(loff('Size that the server knows of.')),
});
