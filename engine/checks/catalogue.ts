// SPDX-License-Identifier: MIT
import { CLOSE_PROSE, IOCTL_PROSE, OPEN_PROSE } from './catalogue-backing.ts';
import type { CatalogueEntry, Prose } from './catalogue-entry.ts';
import { MAPPING_PROSE, REPLY_PROSE } from './catalogue-mapping.ts';
import { TRANSPORT_PROSE } from './catalogue-reply.ts';
import { checkWords } from './check-words.ts';
import type { CheckId } from '../kernel/checks.ts';

export type { CatalogueEntry } from './catalogue-entry.ts';

/** Every check that can decide. */
export type CataloguedCheck = Exclude<CheckId, 'none'>;

const PROSE: Readonly<Record<CataloguedCheck, Prose>> = {
  ...MAPPING_PROSE,
  ...REPLY_PROSE,
  ...IOCTL_PROSE,
  ...OPEN_PROSE,
  ...CLOSE_PROSE,
  ...TRANSPORT_PROSE,
};

/** In which file of the kernel a function stands, as of v6. */
const FILE: Readonly<Record<string, string>> = {
  fuse_iomap_check_mapping: 'fs/fuse/file_iomap.c',
  fuse_iomap_begin_validate: 'fs/fuse/file_iomap.c',
  fuse_iomap_find_dev: 'fs/fuse/file_iomap.c',
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
  Object.entries(PROSE).map(([id, prose]): [string, CatalogueEntry] => {
    const { fn } = checkWords[id as CheckId];
    return [id, { ...prose, fn, file: FILE[fn] ?? '' }];
  }),
) as Readonly<Record<CataloguedCheck, CatalogueEntry>>;
