// SPDX-License-Identifier: MIT
import type { ConceptId } from './ids.ts';
import type { Written } from './word.ts';

/** Words of the field about what the kernel does with an accepted mapping. */
export const IO_CONCEPTS = {
  zeroing: {
    also: ['zero fill', 'padding with zeros'],
    sentence:
      'Where a block is only partly written and has no old bytes, the kernel fills the rest with zeros.',
    more: 'A direct write of 512 bytes at 4096 into an unwritten block of 4096: the data, then zeros for bytes 4608 to 8191. In the page cache the same happens for a hole, for F_NEW, and after the end of the file. For MAPPED without F_NEW the old bytes are read instead.',
    kernel: '`iomap_dio_zero`, `iomap_block_needs_zeroing`.',
    see: ['unwritten', 'f_new', 'stale-data'],
  },
  ioend: {
    also: ['FUSE_IOMAP_IOEND', 'completion', 'io end'],
    sentence:
      'A message after I/O that says how it ended: with error 0 the bytes are on the device, and the server changes its tables.',
    more: 'With another error the bytes are not there, and the tables stay as they were. It is sent if there was an error, or if bytes were written to unwritten or shared blocks, or past the size that the server knows. A plain overwrite of 4096 bytes in place needs none. Of a direct write the server’s answer is part of the result; of writeback it is ignored. An iomap_end comes earlier and is about the mapping: how many bytes the kernel used of it.',
    wire: 'Opcode 4093, `fuse_iomap_ioend_in`.',
    kernel: '`fuse_iomap_ioend`.',
    see: ['fuse_iomap_ioend_in', 'ioend_unwritten', 'ioend_shared', 'ioend_append', 'iomap_end'],
  },
  sector: {
    also: ['512 bytes', 'sectors'],
    sentence: 'The unit in which the kernel counts places on a device: always 512 bytes.',
    more: '1 MiB is sector 2048, whatever the device’s own block size. The sector of a byte is (`addr` + `pos` − `offset`) / 512, rounded down: an `addr` of 1,048,832 is sector 2048, too, and 256 bytes are lost without a word.',
    wire: 'Nothing counts in sectors there, except for `new_addr` of an ioend of writeback.',
    kernel: '`iomap_sector`, with a shift by 9.',
    see: ['addr', 'block', 'logical-block-size', 'new_addr'],
  },
  block: {
    also: ['block size', 'i_blocksize', 'alignment', 'blocks'],
    sentence: 'The unit of the file system: mappings begin and end at whole blocks of the file.',
    more: 'With blocks of 4096, `offset` 4096 and `length` 8192 are fine, and `length` 512 is refused by length-unaligned. The file itself may end anywhere: one of 5000 bytes has two blocks, and its mapping covers 8192.',
    wire: 'Not in a question. It comes with the mount; here it is set for each inode.',
    kernel: '`i_blocksize(inode)`.',
    see: ['offset', 'length', 'logical-block-size', 'sector'],
  },
  'logical-block-size': {
    also: ['device block size', 'lbs', 'alignment of direct I/O'],
    sentence: 'The smallest piece that the device reads or writes, often 512 bytes, sometimes 4096.',
    more: 'A direct write of 512 bytes at 512 works on a device with 512, and is -EINVAL on one with 4096. It is not the block size of the file, which mappings go by.',
    kernel: '`bdev_logical_block_size`, tested in `iomap_dio_bio_iter`.',
    see: ['direct', 'block', 'einval'],
  },
  folio: {
    also: ['page', '4096 bytes of memory'],
    sentence:
      'A piece of the page cache: one page or several, here as large as a block, at least 4096 bytes.',
    more: 'With blocks of 1024 a folio holds four, and knows of each whether it is up to date and whether it is dirty. With blocks of 4096 or more, folio and block are the same here.',
    kernel: '`struct folio`, `struct iomap_folio_state`.',
    see: ['page-cache', 'dirty', 'block'],
  },
  'page-cache': {
    also: ['cache'],
    sentence: 'The kernel’s memory of file contents: what was read stays there, what is written waits there.',
    more: 'A second buffered read of the same 4096 bytes asks neither the server nor the device. A buffered write returns when its bytes are there. Direct I/O goes past it, and drops what it holds of the range.',
    kernel: '`struct address_space`, mm/filemap.c.',
    see: ['buffered', 'folio', 'dirty', 'direct'],
  },
  dirty: {
    also: ['not yet written'],
    sentence: 'In the page cache and newer than on the device: it has to be written back.',
    more: 'A buffered write of 100 bytes makes one block of 4096 dirty. fsync writes the whole block. After it the block is clean, also if the device refused it: the bytes can still be read, and are never tried again.',
    kernel: '`folio_mark_dirty`, `iomap_folio_state`.',
    see: ['writeback', 'fsync', 'page-cache'],
  },
  writeback: {
    also: ['flush', 'write back'],
    sentence: 'Dirty blocks go from the page cache to the device, some time after the program wrote.',
    more: 'The kernel asks again where they go: the answer to the write was only about the cache. For each run of dirty blocks of a folio there is a question, unless the last answer covers it. No iomap_end follows. An answer HOLE drops the bytes without an error.',
    kernel: '`iomap_writepages`, with ops of fuse of its own.',
    see: ['dirty', 'fsync', 'op_writeback', 'ioend_writeback'],
  },
  buffered: {
    also: ['cached I/O'],
    sentence: 'Reads and writes through the page cache: what a program does without O_DIRECT.',
    more: 'A read asks about whole folios that are missing: 100 bytes at 0 are asked for as 4096. If the answer is refused, the kernel may ask two or three times, and the program gets -EIO, whatever the reason. A write may ask with a range that is not a multiple of anything.',
    kernel: '`iomap_file_buffered_write`, `iomap_readahead`, `iomap_read_folio`.',
    see: ['page-cache', 'direct', 'readahead', 'eio', 'dirty'],
  },
  direct: {
    also: ['O_DIRECT', 'direct I/O', 'dio'],
    sentence: 'Reads and writes straight between the program’s memory and the device.',
    more: 'A direct read of 8192 bytes asks with `count` 8192, past the end of the file, too. It uses the iomap alone and never srcmap. Any error makes the whole call fail, though bytes may have moved: all or nothing in the result.',
    wire: 'The op flag DIRECT.',
    kernel: '`iomap_dio_rw`.',
    see: ['op_direct', 'buffered', 'logical-block-size', 'ioend_direct'],
  },
  readahead: {
    also: ['read ahead'],
    sentence:
      'The kernel reads more into the page cache than was asked for, in the hope that it is wanted next.',
    more: 'How much depends on what the program did before. Here it is off, as after POSIX_FADV_RANDOM: a read of 5000 bytes asks about 8192, the folios that it touches. An error in it is not told to anybody; the read then tries folio by folio.',
    kernel: '`page_cache_ra_unbounded`, `iomap_readahead`.',
    see: ['buffered', 'folio', 'page-cache'],
  },
  bio: {
    also: ['block request', 'device request'],
    sentence: 'One request to a device: read or write so many sectors from this one on.',
    more: 'A mapping of 8192 bytes at 1 MiB is one bio of 16 sectors from 2048 on. If its last sector is past the end of the device, all of it fails with -EIO, also what lies inside. What continues at the next sector may share one.',
    kernel: '`struct bio`, `submit_bio`.',
    see: ['sector', 'bdev', 'device-fault', 'eio'],
  },
  'iomap-iter': {
    also: ['iomap_iter', 'loop'],
    sentence: 'The kernel’s loop: ask for a mapping, use it, ask for the next, until the range is done.',
    more: '8192 bytes with answers of 4096 each take two rounds: begin with `pos` 0 and `count` 8192, use, begin with `pos` 4096 and `count` 4096, use. Before each further begin the end of the last is considered. If a round moves nothing, the loop stops.',
    kernel: '`iomap_iter` in fs/iomap/iter.c.',
    see: ['iomap_begin', 'body', 'iomap_end', 'iomap', 'pos'],
  },
  body: {
    also: ['phase', 'between begin and end', 'use of a mapping'],
    sentence: 'What the kernel does with a mapping between begin and end: the work that it asked for.',
    more: 'Each round of the loop has three phases. begin asks where the bytes are. The body uses the answer: for a direct read of 4096 bytes at sector 2048 it is one request to the device, for a hole 4096 zeros. end says how far it came, and is sent to the server only where it must be.',
    kernel: 'The code of the caller of `iomap_iter`, such as `iomap_dio_iter` or `iomap_write_iter`.',
    see: ['iomap-iter', 'iomap_begin', 'iomap_end', 'bio'],
  },
  i_size: {
    also: ['file size', 'end of file', 'EOF'],
    sentence: 'How long the file is for programs.',
    more: 'A direct read asks the server past it and cuts the result: of 8192 bytes of a file of 5000 the program gets 5000. A buffered write past it makes it larger at once; the server hears of that by an iomap_end with SIZE_CHANGED.',
    kernel: '`i_size_read(inode)`.',
    see: ['i_disk_size', 'f_size_changed', 'truncate'],
  },
  i_disk_size: {
    also: ['size on disk'],
    sentence: 'How long the file is for the server: the size that it was told last.',
    more: 'After a buffered write of 4096 bytes to an empty file `i_size` is 4096 and this is 0. fsync writes the block, and the ioend with APPEND makes it 4096.',
    kernel: '`fi->i_disk_size` of the series.',
    see: ['i_size', 'ioend_append'],
  },
  s_maxbytes: {
    also: ['largest file', 'maxbytes'],
    sentence: 'The largest size of a file; no mapping may begin at or after it.',
    more: 'As a rule 2^63 − 1. A mapping that begins at 2^63 is refused by offset-past-maxbytes; one that begins below and ends above is accepted. A write at it is -EFBIG.',
    kernel: '`sb->s_maxbytes`.',
    see: ['offset', 'efbig', 'fuse_iomap_config'],
  },
  s_bdev: {
    also: ['superblock device', 'fuseblk'],
    sentence: 'The block device that the file system was mounted from, if it was mounted as fuseblk.',
    more: 'Before patch 04 every mapping was on this device, and `dev` had to be 0. From patch 04 on a mapping names its device, and this one counts no more.',
    kernel: '`sb->s_bdev`.',
    see: ['dev', 'revision', 'backing_open'],
  },
} as const satisfies Partial<Record<ConceptId, Written>>;
