// SPDX-License-Identifier: MIT
import type { OpId } from './ids.ts';
import type { Written } from './word.ts';

/** FUSE_IOMAP_OP_*: what the kernel is about to do with the range that it asks about. */
export const OP_WORDS: Readonly<Record<OpId, Written>> = {
  op_write: {
    also: ['write'],
    sentence: 'The kernel is about to write the range; without any op flag it reads.',
    more: 'A `pwrite` of 100 bytes at 5000 asks with WRITE, `pos` 5000 and `count` 100. Now the write slot of the reply counts: unless its `type` is PURE_OVERWRITE, the kernel looks up its device and writes there. An iomap_end follows if fewer bytes than announced were written.',
    kernel: '`IOMAP_WRITE`. fuse counts WRITE, ZERO and UNSHARE as file writes.',
    see: ['write-mapping', 'op_zero', 'op_unshare', 'iomap_end'],
  },
  op_zero: {
    also: ['zero range', 'fallocate'],
    sentence: 'The kernel is about to fill the range with zeros.',
    more: 'It comes from fallocate with ZERO_RANGE, from truncate, and from a write that begins after the end of the file: of a file of 5000 bytes that is written at 20,000, bytes 5000 to 19,999 are asked about with ZERO first. A hole or an unwritten range needs no work. For fuse it is a file write.',
    kernel: '`IOMAP_ZERO`, from `iomap_zero_range`.',
    see: ['fzero', 'truncate', 'zeroing', 'op_write'],
  },
  op_report: {
    also: ['fiemap', 'lseek', 'bmap'],
    sentence: 'Somebody wants to know where the bytes are; nothing will be read or written.',
    more: 'fiemap, lseek with SEEK_DATA or SEEK_HOLE, and FIBMAP ask so. A server should allocate nothing for it. The reply passes the same checks as any other, the write slot included, which must cover `pos` though nobody will use it.',
    kernel: '`IOMAP_REPORT`, from `iomap_fiemap`, `iomap_seek_hole`, `iomap_bmap`.',
    see: ['fiemap', 'seek', 'bmap'],
  },
  op_fault: {
    also: ['page fault', 'mmap'],
    sentence: 'A page of a memory mapping was touched and has to be filled.',
    more: 'A write to a mapped page asks with WRITE and FAULT together. A page fault that only reads asks with no flag at all, like a read. Memory mappings are not modelled here, so the flag appears only if you set it.',
    kernel: '`IOMAP_FAULT`, from `iomap_page_mkwrite`.',
    see: ['op_write', 'folio', 'page-cache'],
  },
  op_direct: {
    also: ['O_DIRECT'],
    sentence: 'The bytes go between program and device, past the page cache.',
    more: 'A file opened with O_DIRECT asks with DIRECT for a read, with WRITE and DIRECT for a write. A server that wants only direct I/O through iomap may answer other questions with -ENOSYS. Position and length must be multiples of the device’s logical block size, often 512: else -EINVAL, after the reply was accepted.',
    kernel: '`IOMAP_DIRECT`, from `iomap_dio_rw`.',
    see: ['direct', 'logical-block-size', 'enosys'],
  },
  op_nowait: {
    also: ['RWF_NOWAIT', 'non-blocking'],
    sentence: 'The caller would rather get -EAGAIN than wait.',
    more: 'A program reads with RWF_NOWAIT. On `v6-04` the server is asked all the same, which can take as long as it likes. `2026-05` always answers -EAGAIN itself, and `2026-05-cache` unless the mapping is cached.',
    kernel: '`IOMAP_NOWAIT`.',
    see: ['eagain', 'op_direct', 'pread'],
  },
  op_overwrite_only: {
    also: ['no allocation'],
    sentence: 'A direct write that must not allocate: blocks are there already, or it fails.',
    more: 'With it a write that reaches past the end of the file, say 4096 bytes at the end of a file of 8192, gets -EAGAIN before anything is asked. The fuse code never sets it; the option of a `pwrite` step here does.',
    kernel: '`IOMAP_OVERWRITE_ONLY`, from `IOMAP_DIO_OVERWRITE_ONLY`.',
    see: ['pure_overwrite', 'eagain', 'pwrite'],
  },
  op_unshare: {
    also: ['unshare', 'reflink'],
    sentence: 'Shared blocks of the range are to get copies of their own, with the same bytes.',
    more: 'It comes with WRITE. The kernel works only where the iomap has F_SHARED and srcmap is MAPPED: it reads the old bytes into the page cache and makes them dirty; writeback then puts them at the new place. A pure overwrite with SHARED is skipped in silence.',
    kernel: '`IOMAP_UNSHARE`, from `iomap_file_unshare`. No fuse code calls it.',
    see: ['funshare', 'f_shared', 'srcmap'],
  },
  op_dax: {
    also: ['persistent memory', 'pmem'],
    sentence: 'The bytes are accessed as memory of the device, without any copy.',
    more: 'Only for devices that can be mapped as memory. At this stage of the series `dax_dev` stays NULL, so no server’s mapping can be used that way, and no step here asks with it by itself.',
    kernel: '`IOMAP_DAX`; 0 if the kernel is built without FS_DAX.',
    see: ['bdev', 'iomap'],
  },
  op_atomic: {
    also: ['RWF_ATOMIC', 'untorn write'],
    sentence: 'The write must happen whole or not at all, also when the power fails.',
    more: 'fuse takes it only for a direct write of exactly one block: with blocks of 4096, a write of 8192 is -EINVAL, and a buffered one -EOPNOTSUPP, both before the server is asked. A mapping with F_ATOMIC_BIO must then cover all that is written.',
    kernel: '`IOMAP_ATOMIC`.',
    see: ['f_atomic_bio', 'einval', 'eopnotsupp'],
  },
  op_dontcache: {
    also: ['RWF_DONTCACHE', 'uncached buffered'],
    sentence: 'A buffered call whose pages are to leave the cache as soon as they are on disk.',
    more: 'The server sees it in the begin of such a write, beside WRITE. For the answer it changes nothing: a mapping of 4096 bytes is checked and used as for any other buffered write.',
    kernel: '`IOMAP_DONTCACHE`.',
    see: ['buffered', 'page-cache', 'op_write'],
  },
  op_swapfile: {
    also: ['swapon', 'swap'],
    sentence: 'The file is being turned into swap space, which needs real addresses for all of it.',
    more: 'Later patches of the series pass it on. `v6-04` does not know the bit and drops it, so the server is asked as if for a read. No step here activates a swap file; the flag can be set by hand.',
    kernel: '`FUSE_IOMAP_OP_SWAPFILE` of later patches.',
    see: ['revision', 'ioend_swapoff'],
  },
  op_writeback: {
    also: ['write back', 'flusher'],
    sentence: 'Dirty pages are on their way to the device, and the kernel asks where they go.',
    more: 'It stands alone, without WRITE. On `v6-04` the bit is dropped, and would not count as a file write, so writeback here asks with WRITE on that revision. `count` is one run of dirty blocks of one page, never the whole file. Its bit is 31 on `late`, and 11 from May 2026 on.',
    kernel: '`FUSE_IOMAP_OP_WRITEBACK` of later patches, from `iomap_writepages`.',
    see: ['writeback', 'fsync', 'dirty'],
  },
};
