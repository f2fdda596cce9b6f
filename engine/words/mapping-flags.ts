// SPDX-License-Identifier: MIT
import type { KernelFlagId, WireFlagId } from './ids.ts';
import type { Written } from './word.ts';

/** FUSE_IOMAP_F_*: what else is to be known of a mapping. */
export const FLAG_WORDS: Readonly<Record<WireFlagId, Written>> = {
  f_new: {
    also: ['freshly allocated', 'just allocated'],
    sentence: 'The blocks were allocated just now, so what lies on the disk there is not this file’s.',
    more: 'A program writes 100 bytes into a block of 4096 that was a hole. If the write mapping is MAPPED without F_NEW, the kernel reads the other 3996 bytes from the disk: somebody’s old data gets into the file. With F_NEW it fills them with zeros. UNWRITTEN has the same effect.',
    kernel: '`iomap_block_needs_zeroing` looks at the source mapping; `iomap_dio_rw` pads with zeros.',
    see: ['unwritten', 'zeroing', 'stale-data', 'out-of-place'],
  },
  f_dirty: {
    also: ['uncommitted metadata', 'journal'],
    sentence: 'The file system’s own metadata for this range is not on disk yet.',
    more: 'A synchronous direct write to a device that can write through (FUA) may skip the flush of its cache. It may not if the mapping has F_DIRTY or F_SHARED: then metadata must reach the disk, too. fuse4fs sets it after it allocated blocks for a write.',
    kernel: '`IOMAP_F_DIRTY`, tested where `iomap_dio_rw` decides on FUA.',
    see: ['f_shared', 'direct', 'fsync'],
  },
  f_shared: {
    also: ['reflinked', 'shared extent'],
    sentence: 'More than one file refers to these blocks, so they must not be written in place.',
    more: 'After `cp --reflink` two files share one extent. A write to one of them gets new blocks in the write slot, with F_SHARED; when the write is done, an ioend with the flag SHARED tells the server to point the file at the new blocks. Unshare works only on a mapping that has it. fiemap shows it as shared.',
    kernel: '`IOMAP_F_SHARED`; a direct write is then marked `IOMAP_DIO_COW`.',
    see: ['copy-on-write', 'srcmap', 'ioend_shared', 'funshare'],
  },
  f_merged: {
    also: ['indirect blocks', 'ext3'],
    sentence: 'The mapping is made of several neighbouring block pointers that were joined for the answer.',
    more: 'A file with indirect blocks has a pointer for each block. 32 pointers to neighbouring blocks of 4096 bytes can be answered as one mapping of 128 KiB with F_MERGED. Nothing is done differently; fiemap reports the extent as merged.',
    kernel: '`IOMAP_F_MERGED`, read by `iomap_fiemap` alone.',
    see: ['extent', 'fiemap', 'extent_merged'],
  },
  f_boundary: {
    also: ['do not merge', 'split'],
    sentence: 'Writeback must not join what starts here with what comes before it.',
    more: 'Two neighbouring mappings lie at sectors 2048 and 2056, so writeback would send both in one bio and tell the server of both in one ioend. If the second has F_BOUNDARY, a new bio and a new ioend begin with it. XFS uses it for realtime groups.',
    kernel: '`IOMAP_F_BOUNDARY`; bit 4 on the wire, bit 6 inside.',
    see: ['writeback', 'ioend', 'bio', 'ioend_boundary'],
  },
  f_anon_write: {
    also: ['anonymous write', 'zoned'],
    sentence: 'The write has no place yet: the file system chooses one when the bio goes out.',
    more: 'Zoned devices write so. FUSE has nothing that would choose the place: a direct write with this flag only warns and goes nowhere that is meant, since its sector is all ones. On `v6-04` it has an effect by mistake: the kernel sends an iomap_end for it, even after a read.',
    kernel:
      '`IOMAP_F_ANON_WRITE`, bit 5 on the wire, bit 7 inside: the bit that the test for WANT_IOMAP_END meets.',
    see: ['f_want_iomap_end', 'iomap_end', 'sector'],
  },
  f_atomic_bio: {
    also: ['atomic write', 'untorn'],
    sentence: 'A write to this mapping must be one single request to the device, whole or not at all.',
    more: 'An atomic write asks for exactly one block. If the mapping has this flag and its usable part is shorter than what is still to be written, say 4096 of 8192 bytes, the write fails with -EINVAL instead of being cut in two.',
    kernel: '`IOMAP_F_ATOMIC_BIO`, bit 6 on the wire, bit 8 inside.',
    see: ['op_atomic', 'bio', 'einval'],
  },
  f_want_iomap_end: {
    also: ['want end'],
    sentence: 'The server asks to be told when the kernel is done with this mapping, also after a read.',
    more: 'Without it the server hears of the end only of a write that came out short or made the file longer. On the revisions up to the mapping cache the wish is ignored: the kernel moves the bit to number 12 and then looks for it at number 7, where ANON_WRITE is. From `2026-05` on it works.',
    kernel:
      'Kept as `IOMAP_F_PRIVATE`. `fuse_should_send_iomap_end` tests the mask of the wire against the kernel’s flags.',
    see: ['iomap_end', 'f_anon_write', 'f_private'],
  },
  f_size_changed: {
    also: ['append', 'i_size'],
    sentence: 'The kernel tells in an iomap_end: this write made the file longer. A server may not say it.',
    more: 'A buffered write of 4096 bytes at the end of a file of 8192 makes it 12,288 long; the iomap_end after it has this flag, and is sent because of it. Direct writes never set it: they report a new size by an ioend with APPEND. A begin that is answered with it is refused by flags-unknown.',
    kernel: 'Set by `iomap_write_iter`; bit 8 on the wire, bit 14 inside.',
    see: ['iomap_end', 'i_size', 'ioend_append'],
  },
  f_stale: {
    also: ['outdated'],
    sentence:
      'The kernel tells in an iomap_end: this mapping was given up before it was used. A server may not say it.',
    more: 'Zeroing a range finds a hole above which a page is dirty. The kernel writes the page back, gives the mapping up with `written` 0 and this flag, and asks again for the same `pos`: the answer may be another by then. A begin that is answered with it is refused by flags-unknown.',
    kernel: '`IOMAP_F_STALE`; bit 9 on the wire, bit 15 inside.',
    see: ['iomap_end', 'op_zero', 'iomap-iter'],
  },
};

/** IOMAP_F_* without a twin on the wire. */
export const KERNEL_FLAG_WORDS: Readonly<Record<KernelFlagId, Written>> = {
  f_buffer_head: {
    also: ['buffer heads'],
    sentence: 'Inside the kernel: this file system still keeps its pages with buffer heads.',
    more: 'ext2 and gfs2 set it. A FUSE server cannot: there is no bit for it on the wire, and bit 4 of a reply is BOUNDARY. It can appear here only if an iomap_end step sets the kernel’s struct by hand.',
    kernel: '`IOMAP_F_BUFFER_HEAD`, bit 4.',
    see: ['iomap', 'flags'],
  },
  f_xattr: {
    also: ['extended attributes'],
    sentence: 'Inside the kernel: the mapping is of a file’s extended attributes, not of its data.',
    more: 'fiemap can be asked where extended attributes lie. FUSE answers that with -EOPNOTSUPP before it asks anybody, so no mapping of a server ever has it. RFC v1 to v3 had a bit for it on the wire.',
    kernel: '`IOMAP_F_XATTR`, bit 5.',
    see: ['fiemap-xattr', 'iomap', 'flags'],
  },
  f_integrity: {
    also: ['checksum', 'protection information'],
    sentence: 'Inside the kernel: the device keeps checksums for this range that travel with each request.',
    more: 'It came in 2026 and is not sent to a server. Of a mapping whose flags are 0x0200 on the wire, which is STALE there, the check flags-unknown refuses the reply, so the two numbers never meet.',
    kernel: '`IOMAP_F_INTEGRITY`, bit 9.',
    see: ['iomap', 'flags'],
  },
  f_private: {
    also: ['file system private'],
    sentence: 'Inside the kernel: a bit that belongs to the file system; fuse keeps WANT_IOMAP_END in it.',
    more: 'A reply with flags 0x0080 becomes a struct iomap with flags 0x1000. The generic iomap code never looks at it. What asks for it is `fuse_should_send_iomap_end`, and that looks at the wrong number.',
    kernel: '`IOMAP_F_PRIVATE`, bit 12.',
    see: ['f_want_iomap_end', 'iomap_end', 'iomap'],
  },
  f_folio_batch: {
    also: ['batch of pages'],
    sentence: 'Inside the kernel: the file system hands over a list of pages to be zeroed with the mapping.',
    more: 'It came with 6.19, for zeroing ranges that are holes on disk and dirty in memory. FUSE sets up no list, and a server has no bit for it: bit 13 of a reply is refused by flags-unknown.',
    kernel: '`IOMAP_F_FOLIO_BATCH`, bit 13.',
    see: ['op_zero', 'folio', 'iomap'],
  },
};
