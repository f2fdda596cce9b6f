// SPDX-License-Identifier: MIT
import type { BackingTypeId, ExtentFlagId, IoendFlagId } from './ids.ts';
import type { Written } from './word.ts';

/** FUSE_IOMAP_IOEND_*: what kind of I/O ended. */
export const IOEND_WORDS: Readonly<Record<IoendFlagId, Written>> = {
  ioend_shared: {
    also: ['remap'],
    sentence: 'The blocks written belong to a copy-on-write: point the file at them now.',
    more: 'The write mapping had F_SHARED. 4096 bytes are on the new blocks; the file still refers to the old ones. The server changes that in its own tables when this comes, not at begin: if the machine stops before, the old data is still there.',
    kernel: '`IOMAP_IOEND_SHARED`; for direct writes from `IOMAP_DIO_COW`.',
    see: ['copy-on-write', 'f_shared', 'ioend'],
  },
  ioend_unwritten: {
    also: ['convert'],
    sentence: 'Unwritten blocks were written: mark the range as written.',
    more: 'For `pos` 4096 and `written` 512 the server converts what it can tell apart, usually the whole block of 4096, whose rest the kernel filled with zeros. If it returns an error to a direct write, that is the program’s result.',
    kernel: '`IOMAP_IOEND_UNWRITTEN`.',
    see: ['unwritten', 'ioend', 'written'],
  },
  ioend_boundary: {
    also: ['no merge'],
    sentence: 'This I/O began at a mapping with F_BOUNDARY and was not joined with the one before.',
    more: 'Two neighbouring writes of 4096 bytes that end together are told of in one ioend with `written` 8192. If the second has this flag they stay two.',
    kernel: '`IOMAP_IOEND_BOUNDARY`.',
    see: ['f_boundary', 'ioend'],
  },
  ioend_direct: {
    also: ['O_DIRECT'],
    sentence: 'It was a direct write that ended.',
    more: 'There is one for the whole request, however many mappings it took: 8192 bytes in two mappings are one ioend with `written` 8192. Its `dev` is 0 and its `new_addr` NULL_ADDR. The server’s error becomes the result of the program’s write, unless it had one.',
    kernel: 'From `fuse_iomap_dio_write_end_io`.',
    see: ['direct', 'ioend', 'new_addr'],
  },
  ioend_append: {
    also: ['size', 'extend'],
    sentence: 'The write went past the size that the server knows: set the new size.',
    more: 'A file of 8192 bytes on the server’s side is written up to 12,288: `pos` + `written` is larger than the size that the server was told last, so the flag is set. The new size counts for the server from its success on.',
    kernel: 'Set by fuse when `pos + written` passes `i_disk_size`.',
    see: ['i_disk_size', 'ioend', 'f_size_changed'],
  },
  ioend_writeback: {
    also: ['flusher'],
    sentence: 'It was writeback of the page cache that ended.',
    more: 'The program’s write returned long ago, so nobody waits for the answer. If the server says -EIO, fsync still returns 0 in the code modelled here: the server has to remember by itself. `new_addr` is a sector number here, though its comment says bytes.',
    kernel: '`FUSE_IOMAP_IOEND_WRITEBACK`, from `fuse_iomap_writeback_submit`.',
    see: ['writeback', 'ioend', 'new_addr', 'fsync'],
  },
  ioend_swapoff: {
    also: ['swap'],
    sentence: 'A swap file was given up.',
    more: 'It is the only flag whose ioend is sent though nothing was written: `written` is 0. Swap files are not modelled here, so it never appears by itself.',
    kernel: 'Of later patches.',
    see: ['op_swapfile', 'ioend'],
  },
};

/** FIEMAP_EXTENT_*: what fiemap says of an extent. */
export const EXTENT_WORDS: Readonly<Record<ExtentFlagId, Written>> = {
  extent_last: {
    also: ['end of list'],
    sentence: 'No extent comes after this one within the range that was asked about.',
    more: 'The list of a file with three mappings has it on the third. If the caller has room for two only, nobody gets it. A caller that asks for the first 8192 bytes gets it on what ends there, though the file goes on.',
    kernel: '`iomap_fiemap` reports each mapping one question late, to know the last.',
    see: ['fiemap', 'extent'],
  },
  extent_unknown: {
    also: ['no location'],
    sentence: 'The place of the bytes is not known yet.',
    more: 'It comes together with the delalloc flag: bytes that wait in the cache have no block. `physical` is 0 then, which is not a place.',
    kernel: '`FIEMAP_EXTENT_UNKNOWN`.',
    see: ['extent_delalloc', 'physical'],
  },
  extent_delalloc: {
    also: ['delayed allocation'],
    sentence: 'The mapping was DELALLOC: its bytes wait for a place.',
    more: 'A server that answers DELALLOC for 4096 bytes gets an extent of 4096 bytes with this flag and the unknown one, and `physical` 0.',
    kernel: '`FIEMAP_EXTENT_DELALLOC`.',
    see: ['delalloc', 'extent_unknown'],
  },
  extent_not_aligned: {
    also: ['unaligned'],
    sentence: 'The extent does not begin and end at blocks, as inline data does not.',
    more: 'It comes together with the inline flag, for bytes that lie in metadata, for example 60 bytes in an inode.',
    kernel: '`FIEMAP_EXTENT_NOT_ALIGNED`.',
    see: ['extent_data_inline', 'block'],
  },
  extent_data_inline: {
    also: ['inline'],
    sentence: 'The bytes lie in the file system’s metadata: the mapping was INLINE.',
    more: 'No block of the device can be named for them, so `physical` is 0. A program that copies a file by its blocks must read these bytes in the ordinary way.',
    kernel: '`FIEMAP_EXTENT_DATA_INLINE`.',
    see: ['inline', 'extent_not_aligned'],
  },
  extent_unwritten: {
    also: ['preallocated'],
    sentence: 'The place is set aside and was never written; reading gives zeros.',
    more: 'After a fallocate of 1 MiB fiemap shows one extent of 1,048,576 bytes with this flag. `physical` is the real place.',
    kernel: '`FIEMAP_EXTENT_UNWRITTEN`.',
    see: ['unwritten', 'fiemap'],
  },
  extent_merged: {
    also: ['joined'],
    sentence: 'The extent was put together of neighbouring blocks; the file system keeps them one by one.',
    more: '32 block pointers in a row are one line of 131,072 bytes with this flag, and not 32 lines. It comes from F_MERGED of the mapping.',
    kernel: '`FIEMAP_EXTENT_MERGED`.',
    see: ['f_merged', 'fiemap'],
  },
  extent_shared: {
    also: ['reflink'],
    sentence: 'Other files refer to the same blocks.',
    more: 'Two files made by `cp --reflink` show the same `physical`, for example 524,288, both with this flag. It comes from F_SHARED of the mapping.',
    kernel: '`FIEMAP_EXTENT_SHARED`.',
    see: ['f_shared', 'copy-on-write'],
  },
};

/** FUSE_BACKING_TYPE_*: what a backing id is for. */
export const BACKING_WORDS: Readonly<Record<BackingTypeId, Written>> = {
  backing_passthrough: {
    also: ['passthrough id'],
    sentence: 'The id is for passthrough: a regular file that stands in for a FUSE file.',
    more: 'It needs CAP_SYS_ADMIN and a regular file: a block device is -EINVAL, a directory -EISDIR. Its ids have no upper limit. Named as `dev` of a mapping it is not found, so the reply is refused with -EFSCORRUPTED.',
    kernel: '`fuse_passthrough_backing_ops`.',
    see: ['passthrough', 'backing_iomap', 'backing-table'],
  },
  backing_iomap: {
    also: ['iomap device'],
    sentence: 'The id is for iomap: a block device that mappings may name in `dev`.',
    more: 'It needs a connection with iomap and a descriptor of a block device: a regular file is -ENODEV. Ids go from 1 to 1024. On `v6-04` such an id cannot be closed again: -EBUSY, always, since mappings in use hold no reference.',
    kernel: '`fuse_iomap_backing_ops`, with `id_start` 1 and `id_end` 1025.',
    see: ['dev', 'backing-id', 'backing_close', 'ebusy'],
  },
};
