// SPDX-License-Identifier: MIT
/** Bounds of what may come of a step: numbers that need not be exactly so. */

import * as v from 'valibot';
import { described, object } from './build.ts';
import { iomapFields } from './iomap-fields.ts';
import { loff, u32, u64, written } from './values.ts';

const { offset, length, addr } = iomapFields.entries;
const mapping = described(v.optional(object({ offset, length, addr })), 'Numbers of it.');
const count = v.optional(u32('How many.'));
const size = v.optional(loff('Bytes.'));
const found = v.optional(u64('As many, or this block.'));

export const bounds = object({
  ret: v.optional(written('The return value.')),
  iomap: mapping,
  srcmap: mapping,
  table: described(v.optional(object({ live: count, cursor: count })), 'Numbers of it.'),
  requests: count,
  bios: count,
  mappedExtents: found,
  block: found,
  size,
  diskSize: size,
});
