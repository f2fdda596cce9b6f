// SPDX-License-Identifier: MIT
import type { CheckId } from '../kernel/checks.ts';

/** A bad-data check as the kernel's own log names it: the function, and the condition that held. */
export interface Condition {
  func: string;
  text: string;
}

const MAPPING = 'fuse_iomap_check_mapping';
const VALIDATE = 'fuse_iomap_begin_validate';
const FIND_DEV = 'fuse_iomap_find_dev';

const condition = (func: string, text: string): Condition => ({ func, text });

/**
 * The checks whose failure is logged as bad data (a WARN and fuse_iomap_bad_data). The kernel prints its
 * source text there; these are our own spellings of the same conditions.
 */
const CONDITIONS: Partial<Record<CheckId, Condition>> = {
  'type-unknown': condition(MAPPING, '!known_type(map->type)'),
  'flags-unknown': condition(MAPPING, 'map->flags & ~FUSE_IOMAP_F_FROM_SERVER'),
  'length-zero': condition(MAPPING, '!map->length'),
  'offset-unaligned': condition(MAPPING, 'map->offset % i_blocksize(inode)'),
  'length-unaligned': condition(MAPPING, 'map->length % i_blocksize(inode)'),
  'file-range-overflow': condition(MAPPING, 'map->offset + map->length < map->offset'),
  'offset-past-maxbytes': condition(MAPPING, 'map->offset >= sb->s_maxbytes'),
  'dev-missing': condition(MAPPING, 'map->dev == FUSE_IOMAP_DEV_NULL'),
  'addr-missing': condition(MAPPING, 'map->addr == FUSE_IOMAP_NULL_ADDR'),
  'dev-forbidden': condition(MAPPING, 'map->dev != FUSE_IOMAP_DEV_NULL'),
  'addr-forbidden': condition(MAPPING, 'map->addr != FUSE_IOMAP_NULL_ADDR'),
  'overwrite-on-read': condition(MAPPING, 'iodir != WRITE_MAPPING'),
  'dev-unsupported': condition(MAPPING, 'map->dev != FUSE_IOMAP_DEV_NULL'),
  'device-range-overflow': condition(MAPPING, 'map->addr + map->length < map->addr'),
  'cache-unavailable': condition(MAPPING, '!caches_mappings(inode)'),
  'nocache-on-begin': condition(VALIDATE, 'map->type == FUSE_IOMAP_TYPE_NOCACHE'),
  'read-after-pos': condition(VALIDATE, 'read->offset > pos'),
  'write-after-pos': condition(VALIDATE, 'write->offset > pos'),
  'read-before-pos': condition(VALIDATE, 'read->offset + read->length <= pos'),
  'write-before-pos': condition(VALIDATE, 'write->offset + write->length <= pos'),
  'dev-not-found': condition(FIND_DEV, '!fb'),
};

/** The bad-data condition of a check; null for a check whose failure the kernel does not log. */
export function badDataCondition(check: CheckId): Condition | null {
  return CONDITIONS[check] ?? null;
}
