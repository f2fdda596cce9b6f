// SPDX-License-Identifier: MIT
/** What a process does with a file of the mount, named and parameterised as xfs_io has it. */

import * as v from 'valibot';
import { bool, described, object, oneOf } from './build.ts';
import { CAPS } from './caps.ts';
import { WITHOUT_DATA } from './io-names.ts';
import { FUSE_IOMAP_IOEND, NULL_ADDR } from '../kernel/names.ts';
import { beginReplies, endReplies, ioendReplies, ioendReply } from './reply.ts';
import { common } from './step-common.ts';
import { integer, small } from './integer-leaf.ts';
import { U32_MAX, U64_MAX } from './integers.ts';
import { flags } from './named-values.ts';
import { errno, hex, key, loff, u32, u64 } from './values.ts';

/** Whose file, and what the server answers while it is done. */
const io = {
  inode: described(v.optional(key), 'The inode; the first one if left out.'),
  replies: described(
    v.optional(beginReplies, []),
    'What the server answers to each FUSE_IOMAP_BEGIN, in order.',
  ),
  endReplies: described(
    v.optional(endReplies, []),
    'What it answers to each FUSE_IOMAP_END, in order; then 0.',
  ),
  ioendReplies: described(
    v.optional(ioendReplies, []),
    'What it answers to each FUSE_IOMAP_IOEND, in order; then 0.',
  ),
  ...common,
};

const offset = v.optional(loff('Byte position in the file.'), 0n);
const ioLength = (description: string) => small({ min: 0n, max: BigInt(CAPS.ioBytes), description });
const direct = described(v.optional(bool, false), 'O_DIRECT.');
const fopenDirectIo = described(
  v.optional(bool),
  'FOPEN_DIRECT_IO: the page cache does not stand in for a direct request.',
);
const nowait = described(v.optional(bool, false), 'RWF_NOWAIT: -EAGAIN rather than wait.');

const pread = object({
  do: described(v.literal('pread'), 'Reads bytes of the file.'),
  offset,
  length: v.optional(ioLength('Byte count.'), 4096n),
  direct,
  fopenDirectIo,
  nowait,
  ...io,
});

const pwrite = object({
  do: described(v.literal('pwrite'), 'Writes bytes to the file.'),
  offset,
  data: v.optional(hex(CAPS.spelledBytes, 'The bytes; or else fill and length.')),
  length: v.optional(ioLength(`Byte count, without data. Left out, ${WITHOUT_DATA.lengthBytes}.`)),
  fill: v.optional(
    small({
      min: 0n,
      max: 255n,
      description: `The byte that is written, without data. Left out, 0x${WITHOUT_DATA.fill.toString(16)}.`,
    }),
  ),
  direct,
  fopenDirectIo,
  nowait,
  atomic: described(v.optional(bool, false), 'RWF_ATOMIC: one block, whole or not at all.'),
  overwriteOnly: described(
    v.optional(bool, false),
    'IOMAP_DIO_OVERWRITE_ONLY, which fuse never sets: -EAGAIN unless blocks are there.',
  ),
  dontcache: described(v.optional(bool, false), 'RWF_DONTCACHE.'),
  ...io,
});

const fsync = object({
  do: described(v.literal('fsync'), 'Writes the cached data of the file to its devices.'),
  ...io,
});

const fzero = object({
  do: described(v.literal('fzero'), 'fallocate() with FALLOC_FL_ZERO_RANGE.'),
  offset,
  length: v.optional(loff('Byte count.'), 4096n),
  keepSize: described(v.optional(bool, false), 'FALLOC_FL_KEEP_SIZE: the file does not grow.'),
  ...io,
});

const funshare = object({
  do: described(v.literal('funshare'), 'iomap_file_unshare(): no fuse code calls it (docs/LIMITS.md).'),
  offset,
  length: v.optional(loff('Byte count.'), 4096n),
  ...io,
});

const fiemap = object({
  do: described(v.literal('fiemap'), 'FS_IOC_FIEMAP: where the extents of the file are.'),
  offset: v.optional(u64('Byte position in the file.'), 0n),
  length: v.optional(
    integer({ min: 0n, max: U64_MAX, description: 'Byte count; all bits set is the whole file.' }),
    '0xffffffffffffffff',
  ),
  count: v.optional(
    small({
      min: 0n,
      max: BigInt(CAPS.extents),
      description: 'How many extents the caller has room for; 0 only counts them.',
    }),
    32n,
  ),
  sync: described(v.optional(bool, false), 'FIEMAP_FLAG_SYNC: writes the file back first.'),
  xattr: described(v.optional(bool, false), 'FIEMAP_FLAG_XATTR.'),
  ...io,
});

const seek = object({
  do: described(v.literal('seek'), 'lseek() with SEEK_DATA or SEEK_HOLE.'),
  offset,
  whence: described(v.optional(oneOf(['data', 'hole']), 'data'), 'What is looked for.'),
  ...io,
});

const bmap = object({
  do: described(v.literal('bmap'), 'FIBMAP: the device block of a block of the file.'),
  block: v.optional(
    integer({ min: 0n, max: (1n << 54n) - 1n, description: 'The block of the file, the first is 0.' }),
    0n,
  ),
  ...io,
});

const truncate = object({
  do: described(v.literal('truncate'), 'Sets the size of the file.'),
  length: v.optional(loff('The new size in bytes.'), 0n),
  ...io,
});

/** The ioend alone, as iomap_begin and iomap_end have steps of their own: no I/O is done, and one request at most is sent. */
const iomapIoend = object({
  do: described(v.literal('iomap_ioend'), 'I/O has ended: the kernel tells the server, if it must.'),
  inode: io.inode,
  pos: v.optional(loff('Byte position in the file.'), 0n),
  written: v.optional(loff('Bytes that were written.'), 4096n),
  flags: v.optional(
    flags(FUSE_IOMAP_IOEND, U32_MAX, 'FUSE_IOMAP_IOEND_*; the kernel adds APPEND itself.'),
    [],
  ),
  error: v.optional(errno('What the I/O ended with: 0 or -ERRNO.'), 0n),
  addr: v.optional(u64('new_addr.', { NULL_ADDR }), 'NULL_ADDR'),
  dev: v.optional(u32('The backing id that is told, from v7-04 on.'), 0n),
  reply: described(v.optional(ioendReply, 0n), 'What the server answers; 0 is success.'),
  ...common,
});

export const ioSteps = [
  pread,
  pwrite,
  fsync,
  fzero,
  funshare,
  fiemap,
  seek,
  bmap,
  truncate,
  iomapIoend,
] as const;
