// SPDX-License-Identifier: MIT
import * as v from 'valibot';
import { IOMAP_F, IOMAP_TYPE, NULL_ADDR } from '../kernel/names.ts';
import { described, object } from './build.ts';
import { flags, named } from './named-values.ts';
import { key, u64 } from './values.ts';

const iomapType = named(IOMAP_TYPE, 0xffff, 'IOMAP_*, the kernel side type.');
const iomapFlags = flags(IOMAP_F, 0xffff, 'IOMAP_F_*, the kernel side flags.');
/** A device of the scenario, or none. */
export const bdevName = v.nullable(key);

/** Fields of the kernel's struct iomap. */
export const iomapFields = object({
  offset: v.optional(u64('File offset in bytes.')),
  length: v.optional(u64('Length in bytes.')),
  addr: v.optional(u64('Device address in bytes, or NULL_ADDR.', { NULL_ADDR })),
  type: v.optional(iomapType),
  flags: v.optional(iomapFlags),
  bdev: described(v.optional(bdevName), 'The device, by its name in this scenario, or null.'),
});

/** What an expectation says of the iomap and the srcmap of a call. */
export const mappings = {
  iomap: described(v.optional(v.nullable(iomapFields)), 'The iomap after the call; null = untouched.'),
  srcmap: described(v.optional(v.nullable(iomapFields)), 'The srcmap after the call; null = untouched.'),
};
