// SPDX-License-Identifier: MIT
import * as v from 'valibot';
import { FUSE_IOMAP_F, NULL_ADDR } from '../kernel/names.ts';
import { object } from './build.ts';
import { flags, mappingType } from './named-values.ts';
import { u32, u64 } from './values.ts';

/** Any fields of a struct fuse_iomap_io that is expected. */
export const wireMapping = object({
  offset: v.optional(u64('File offset in bytes.')),
  length: v.optional(u64('Length in bytes.')),
  addr: v.optional(u64('Device address in bytes, or NULL_ADDR.', { NULL_ADDR })),
  type: v.optional(mappingType('FUSE_IOMAP_TYPE_*.')),
  flags: v.optional(flags(FUSE_IOMAP_F, 0xffff, 'FUSE_IOMAP_F_*.')),
  dev: v.optional(u32('Backing id.', { DEV_NULL: 0n })),
});
