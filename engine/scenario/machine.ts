// SPDX-License-Identifier: MIT
/** The machine that a scenario sets up: kernel, connection, devices, descriptors, superblock, inodes. */
import * as v from 'valibot';
import { DEFAULT_REVISION, REVISIONS } from '../kernel/features.ts';
import { array, bool, choice, described, object, oneOf, tagged } from './build.ts';
import { extentEntries } from './extents.ts';
import { mapping } from './reply.ts';
import { integer, small } from './integer-leaf.ts';
import { S64_MAX } from './integers.ts';
import { key, loff, powerOfTwo, u64 } from './values.ts';

export { device } from './device.ts';

export const CAPABILITIES = ['CAP_SYS_ADMIN', 'CAP_SYS_RAWIO'] as const;
export const capability = oneOf(CAPABILITIES);
export const capabilities = array(capability, 8);

export const revision = oneOf(REVISIONS);

export const kernel = object({
  revision: described(
    v.optional(revision, DEFAULT_REVISION),
    'The revision of the patch series the core is built from.',
  ),
  config: described(
    v.optional(
      object({
        FUSE_IOMAP: described(v.optional(bool, true), 'CONFIG_FUSE_IOMAP.'),
        FUSE_PASSTHROUGH: described(v.optional(bool, true), 'CONFIG_FUSE_PASSTHROUGH.'),
        FUSE_IOMAP_DEBUG: described(
          v.optional(bool, true),
          'CONFIG_FUSE_IOMAP_DEBUG: a refused mapping also prints a WARN. It never changes a verdict.',
        ),
      }),
      {},
    ),
    'Kconfig options of the kernel.',
  ),
});

export const connection = object({
  iomap: described(v.optional(bool, true), 'FUSE_INIT negotiated iomap (fc->iomap).'),
  passthrough: described(v.optional(bool, true), 'FUSE_INIT negotiated passthrough (fc->passthrough).'),
  capabilities: described(
    v.optional(capabilities, ['CAP_SYS_ADMIN', 'CAP_SYS_RAWIO']),
    'Capabilities of the server process. A step can name its own caller.',
  ),
  maxStackDepth: v.optional(
    small({
      min: 0n,
      max: 2n,
      description: 'fc->max_stack_depth: how deep a passthrough backing may be stacked.',
    }),
    2n,
  ),
  iomapInodes: described(
    v.optional(integer({ min: 0n, max: S64_MAX, description: '' })),
    'Iomap inodes alive.',
  ),
});

/** How open(2) opened a descriptor: for reading, for writing. */
export const ACCESS_MODES = ['rw', 'r', 'w', 'none'] as const;

/** Kinds of descriptors that open no device. */
const PLAIN_KINDS = [
  'reg',
  'dir',
  'chr',
  'none',
  'no-rw-iter',
  'mid-stack',
  'deep-stack',
  'reg-path',
  'dir-path',
] as const;

/** What a file descriptor of the server refers to; kinds as in the golden vectors. */
export const fd = tagged('kind', [
  object({
    kind: described(
      oneOf(['blk', 'deep-blk', 'blk-path']),
      'A block special file; deep-blk lies two filesystems deep.',
    ),
    device: described(key, 'The device that this block special file opens.'),
    access: described(v.optional(oneOf(ACCESS_MODES)), 'How it was opened.'),
  }),
  object({
    kind: described(oneOf(PLAIN_KINDS), 'What the descriptor refers to; none: nothing is open under it.'),
  }),
]);

const noFork = oneOf(['nofork']);
/** What a fork of the mapping cache holds: a mapping, nothing (null), or there is no such fork. */
const fork = v.nullable(choice([mapping, noFork], (input) => (typeof input === 'string' ? noFork : mapping)));

export const superblock = object({
  bdev: described(
    v.optional(v.nullable(key), null),
    "The superblock's own block device, if it has one (fuseblk).",
  ),
  maxBytes: v.optional(
    integer({ min: 0n, max: S64_MAX, description: 's_maxbytes: no mapping may start at or past it.' }),
    '0x7fffffffffffffff',
  ),
});

export const inode = object({
  ino: v.optional(u64('attr_ino in requests: the inode number that users see.')),
  nodeid: v.optional(u64("The node id in a request's header. Left out, it equals ino.")),
  blockSize: v.optional(small({ ...powerOfTwo, description: 'i_blocksize in bytes.' }), 4096n),
  size: v.optional(loff('File size in bytes.'), '64K'),
  caches: described(v.optional(bool, false), 'The inode caches mappings.'),
  cache: described(
    v.optional(
      object({
        read: described(v.optional(fork), 'The read fork.'),
        write: described(v.optional(fork), 'The write fork.'),
        after: described(
          v.optional(
            object({
              read: described(v.optional(fork), 'The read fork.'),
              write: described(v.optional(fork), 'The write fork.'),
            }),
          ),
          'From the answer on.',
        ),
      }),
    ),
    'What the mapping cache holds.',
  ),
  ...extentEntries,
});
