// SPDX-License-Identifier: MIT
import { CLOSE_PROSE, IOCTL_PROSE, OPEN_PROSE } from './catalogue-backing.ts';
import type { CatalogueEntry, Prose } from './catalogue-entry.ts';
import { MAY_PROSE } from './catalogue-may.ts';
import { MAPPING_PROSE, REPLY_PROSE } from './catalogue-mapping.ts';
import { TRANSPORT_PROSE } from './catalogue-reply.ts';
import { CHECK_FACTS, type KernelFunction } from '../kernel/check-facts.ts';
import { CHECK_PLACES } from '../kernel/check-places.ts';
import { CHECKS, type CheckId } from '../kernel/checks.ts';
import { DEFAULT_REVISION, REVISIONS } from '../kernel/features.ts';

export type { CatalogueEntry } from './catalogue-entry.ts';

const PROSE: Readonly<Record<CheckId, Prose>> = {
  ...MAPPING_PROSE,
  ...REPLY_PROSE,
  ...IOCTL_PROSE,
  ...OPEN_PROSE,
  ...CLOSE_PROSE,
  ...TRANSPORT_PROSE,
  ...MAY_PROSE,
};

/** In which file of the kernel a function stands, as of v6. */
const FILE: Readonly<Record<KernelFunction, string>> = {
  fuse_iomap_check_mapping: 'fs/fuse/file_iomap.c',
  fuse_iomap_begin_validate: 'fs/fuse/file_iomap.c',
  fuse_iomap_find_dev: 'fs/fuse/file_iomap.c',
  fuse_iomap_end: 'fs/fuse/file_iomap.c',
  fuse_get_dev: 'fs/fuse/dev.c',
  fuse_dev_ioctl: 'fs/fuse/dev.c',
  fuse_dev_ioctl_backing_open: 'fs/fuse/dev.c',
  fuse_dev_ioctl_backing_close: 'fs/fuse/dev.c',
  fuse_dev_do_write: 'fs/fuse/dev.c',
  fuse_copy_out_args: 'fs/fuse/dev.c',
  fuse_backing_ops_from_map: 'fs/fuse/backing.c',
  fuse_backing_open: 'fs/fuse/backing.c',
  fuse_backing_close: 'fs/fuse/backing.c',
  fuse_backing_id_alloc: 'fs/fuse/backing.c',
  fuse_passthrough_open: 'fs/fuse/passthrough.c',
};

/** The prose, by check. Loaded late: what a verdict needs at once is in words.ts. */
export const CATALOGUE = Object.fromEntries(
  CHECKS.map((id): [CheckId, CatalogueEntry] => {
    const { fn } = CHECK_FACTS[id];
    const { isIn } = CHECK_PLACES[id];
    const revisions = isIn(DEFAULT_REVISION) ? {} : { revisions: REVISIONS.filter(isIn) };
    return [id, { ...PROSE[id], fn, file: FILE[fn], ...revisions }];
  }),
) as Readonly<Record<CheckId, CatalogueEntry>>;
