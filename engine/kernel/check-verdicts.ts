// SPDX-License-Identifier: MIT
/** A row for each check: with what its verdicts were compared, and when it refuses. */
import type { CheckId } from './checks.ts';
import { BACKING, BEGIN, NOTHING, type InEach } from './compared.ts';

export interface CheckVerdict {
  /** What the verdict was compared with, revision by revision. */
  compared: InEach;
  /**
   * The condition in words like C's, if the kernel logs the failure as bad data (a WARN and fuse_iomap_bad_data);
   * else null. The kernel prints its source text there; these are our own spellings of the same conditions.
   */
  condition: string | null;
}

const row = (compared: InEach, condition: string | null): CheckVerdict => ({ compared, condition });

export const CHECK_VERDICTS: Readonly<Record<CheckId, CheckVerdict>> = {
  'type-unknown': row(BEGIN, '!known_type(map->type)'),
  'flags-unknown': row(BEGIN, 'map->flags & ~FUSE_IOMAP_F_FROM_SERVER'),
  'length-zero': row(BEGIN, '!map->length'),
  'offset-unaligned': row(BEGIN, 'map->offset % i_blocksize(inode)'),
  'length-unaligned': row(BEGIN, 'map->length % i_blocksize(inode)'),
  'file-range-overflow': row(BEGIN, 'map->offset + map->length < map->offset'),
  'offset-past-maxbytes': row(BEGIN, 'map->offset >= sb->s_maxbytes'),
  'dev-missing': row(BEGIN, 'map->dev == FUSE_IOMAP_DEV_NULL'),
  'addr-missing': row(BEGIN, 'map->addr == FUSE_IOMAP_NULL_ADDR'),
  'dev-forbidden': row(BEGIN, 'map->dev != FUSE_IOMAP_DEV_NULL'),
  'addr-forbidden': row(BEGIN, 'map->addr != FUSE_IOMAP_NULL_ADDR'),
  'overwrite-on-read': row(BEGIN, 'iodir != WRITE_MAPPING'),
  'dev-unsupported': row(BEGIN, 'map->dev != FUSE_IOMAP_DEV_NULL'),
  'device-range-overflow': row(BEGIN, 'map->addr + map->length < map->addr'),
  'read-after-pos': row(BEGIN, 'read->offset > pos'),
  'write-after-pos': row(BEGIN, 'write->offset > pos'),
  'read-before-pos': row(BEGIN, 'read->offset + read->length <= pos'),
  'write-before-pos': row(BEGIN, 'write->offset + write->length <= pos'),
  'dev-not-found': row(BEGIN, '!fb'),
  'cache-unavailable': row(BEGIN, '!caches_mappings(inode)'),
  'nocache-on-begin': row(BEGIN, 'map->type == FUSE_IOMAP_TYPE_NOCACHE'),
  'ioctl-no-connection': row(NOTHING, null),
  'ioctl-unknown': row(NOTHING, null),
  'open-not-built': row(NOTHING, null),
  'open-copy': row(NOTHING, null),
  'open-type-unknown': row(BACKING, null),
  'open-not-permitted': row(BACKING, null),
  'open-flags': row(BACKING, null),
  'open-padding': row(BACKING, null),
  'open-badfd': row(BACKING, null),
  'open-may-open': row(BACKING, null),
  'open-nomem': row(NOTHING, null),
  'open-post': row(NOTHING, null),
  'open-id': row(BACKING, null),
  'close-not-built': row(NOTHING, null),
  'close-copy': row(NOTHING, null),
  'close-badid': row(BACKING, null),
  'close-noent': row(BACKING, null),
  'close-not-permitted': row(BACKING, null),
  'close-busy': row(BACKING, null),
  'passthrough-badid': row(NOTHING, null),
  'passthrough-noent': row(NOTHING, null),
  'reply-short-header': row(NOTHING, null),
  'reply-length': row(NOTHING, null),
  'reply-error-range': row(NOTHING, null),
  'reply-unique': row(NOTHING, null),
  'reply-error-payload': row(NOTHING, null),
  'reply-size': row(NOTHING, null),
};
