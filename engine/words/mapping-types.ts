// SPDX-License-Identifier: MIT
import type { TypeId } from './ids.ts';
import type { Written } from './word.ts';

/** FUSE_IOMAP_TYPE_*: what is behind a range of a file. */
export const TYPE_WORDS: Readonly<Record<TypeId, Written>> = {
  hole: {
    also: ['sparse', 'nothing there', 'not allocated'],
    sentence: 'A range of a file that has no place on any disk; reading it gives zeros.',
    more: 'A file of 64 KiB whose first 4096 bytes were never written begins with a hole. The answer has a `length` of 4096, `addr` NULL_ADDR and `dev` DEV_NULL: an address of 0 would be a real place and is refused. A direct write to a hole fails with -EIO. A buffered write is taken into the page cache, and is lost at writeback if the answer is a hole then, too.',
    kernel:
      '`IOMAP_HOLE`. `iomap_read_folio` zeroes the page; `iomap_dio_hole_iter` fills the buffer of a read with zeros.',
    see: ['unwritten', 'null_addr', 'dev_null', 'mapped'],
  },
  delalloc: {
    also: ['delayed allocation', 'reserved'],
    sentence: 'Bytes that wait in the page cache and have no place on a disk yet.',
    more: 'A server that reserves space at the write, and allocates at writeback, answers a buffered write of 4096 bytes with DELALLOC: no `dev`, `addr` NULL_ADDR. At writeback it must name a place: if it says DELALLOC again, the kernel warns and the write fails with -EIO. Direct I/O fails with -EIO at once.',
    kernel: '`IOMAP_DELALLOC`. Before March 2026 writeback followed a NULL device here and crashed.',
    see: ['hole', 'unwritten', 'writeback', 'dirty'],
  },
  mapped: {
    also: ['allocated', 'on disk'],
    sentence: 'The bytes are on a device: `dev` says on which, and `addr` where the range begins.',
    more: 'With `offset` 4096, `addr` 1,048,576 and `dev` 1, byte 4096 of the file is at byte 1,048,576 of that device, sector 2048. Byte 4196 is 100 bytes further. Both `dev` and `addr` must be given. Whether it is true nobody checks: the kernel reads what lies there.',
    kernel: '`IOMAP_MAPPED`. Reads and writes make a bio for the sector of each position.',
    see: ['addr', 'dev', 'sector', 'unwritten'],
  },
  unwritten: {
    also: ['preallocated', 'uninit', 'uninitialised', 'fallocate'],
    sentence:
      'A place on a device that is set aside and was never written; reading it gives zeros without asking the device.',
    more: 'A write of 512 bytes into an unwritten block of 4096 goes to the device, and a direct write puts zeros around it, so that no old bytes show. Afterwards an ioend with the flag UNWRITTEN tells the server to make the range MAPPED. Until it does, reads still give zeros.',
    kernel:
      '`IOMAP_UNWRITTEN`. `iomap_dio_rw` marks the request with `IOMAP_DIO_UNWRITTEN`; writeback sets `IOMAP_IOEND_UNWRITTEN`.',
    see: ['ioend', 'ioend_unwritten', 'hole', 'mapped'],
  },
  inline: {
    also: ['inline data', 'tail in inode'],
    sentence: 'The bytes lie in the file system’s own metadata, not in blocks of a device.',
    more: 'A file of 60 bytes may live in its inode: `offset` 0, `length` one block, no `dev`, `addr` NULL_ADDR. At the stage of `v6-04` the kernel has no buffer for the bytes. A direct read from `pos` 0 warns and fails with -EIO; a buffered read would follow a NULL pointer. Later code fetches the bytes with a FUSE_READ.',
    kernel: '`IOMAP_INLINE`, with `inline_data` of `struct iomap`, which stays NULL here.',
    see: ['mapped', 'eio', 'iomap'],
  },
  nocache: {
    also: ['no cache'],
    sentence: 'A word of the mapping cache: this range is not to be cached. No answer to a begin may say it.',
    more: 'It exists only from the revision with the mapping cache on. There a begin that is answered with NOCACHE in either slot is refused with -EFSCORRUPTED by the check nocache-on-begin. On `v6-04` the number is not a type at all, and type-unknown refuses it.',
    kernel: 'The server uses it when it sends mappings by itself, which is not modelled.',
    see: ['retry_cache', 'mapping-cache', 'type'],
  },
  retry_cache: {
    also: ['look again'],
    sentence: 'An answer that says: the mapping is in your cache now, look there again.',
    more: 'The server has put the mapping into the kernel’s cache before it answers. The kernel then checks only that `offset` and `length` cover `pos`, and looks into the cache; on a miss it asks again. An inode that caches nothing may not get it: cache-unavailable. On `late` the playground stops at that look; on `2026-05-cache` it looks into what the scenario says is cached, and all checks of a mapping come first.',
    kernel: 'From the revision with the mapping cache on. On `v6-04` it is not a type.',
    see: ['nocache', 'mapping-cache', 'pos'],
  },
  pure_overwrite: {
    also: ['pure overwrite', 'overwrite', 'same place', 'in place', 'no write mapping'],
    sentence: 'In the write slot: write where the read mapping says, in place.',
    more: 'The usual answer to a write of bytes that stay where they are: `read` MAPPED at 1 MiB and `write` PURE_OVERWRITE with the same `offset` and `length`. libfuse makes that slot when a server gives none. It must cover `pos` and consist of whole blocks; `dev` is not looked at on `v6-04`, and `addr` only if it is not NULL_ADDR and overflows. In the read slot it is refused. From May 2026 on its number is 65,535, and the slot must have no flags, no `dev` and NULL_ADDR.',
    kernel:
      'It has no number in the kernel: `fuse_iomap_begin` copies the read mapping into the iomap and leaves srcmap alone.',
    see: ['write-mapping', 'out-of-place', 'srcmap', 'libfuse'],
  },
};
