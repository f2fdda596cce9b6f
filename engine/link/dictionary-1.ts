// SPDX-License-Identifier: GPL-2.0-only
/**
 * Link format 1: the words that have a code, and the text that DEFLATE starts out knowing.
 *
 * Both are part of the format. Not a character here ever changes: every link that was ever made is read with
 * it. A test holds its digest. A word that is not in the list travels as text.
 */

/** The codes of the structure stream below FIRST_WORD. A word's code is FIRST_WORD + its place in WORDS. */
export const TOKEN = {
  /** Ends an object or an array. */
  END: 0,
  OBJECT: 1,
  ARRAY: 2,
  NULL: 3,
  TRUE: 4,
  FALSE: 5,
  /** An integer; what it is stands in the stream of numbers. */
  NUMBER: 6,
  /** A string; its length in bytes is a number, its bytes are in the text stream. */
  TEXT: 7,
  /** A string that came as TEXT before; which one is a number, 0 the latest. */
  AGAIN: 8,
  /** A string such as "0x1f00": a number in lower-case hex. */
  HEX: 9,
  /** A string such as "17": a number in decimal. */
  DECIMAL: 10,
  /** A string of pairs of lower-case hex digits; their count is a number, the bytes are in the text stream. */
  BYTES: 11,
  /** A number that is no integer, as TEXT. */
  FLOAT: 12,
  /** A string such as "64K": a number, then K; the five codes after it are M, G, T, P, E. */
  KILO: 13,
  /** A word whose code does not fit one byte: the next byte counts on from 256. */
  WORD: 19,
} as const;

export const SUFFIXES = 'KMGTPE';

export const FIRST_WORD = 20;

// The first 124 have codes below 144, which DEFLATE's fixed code writes in eight bits instead of nine.
export const WORDS: readonly string[] = (
  'do reply read write offset length addr type flags dev pos count op expect ret check which ' +
  'iomap_begin iomap_end backing_open backing_close MAPPED UNWRITTEN HOLE DELALLOC INLINE PURE_OVERWRITE ' +
  'format title notes kernel connection devices fds superblock inodes steps ' +
  '-EFSCORRUPTED -EINVAL -EIO WRITE DIRECT ZERO REPORT FAULT fd id IOMAP PASSTHROUGH NULL_ADDR ' +
  'iomap srcmap bdev vda vdb a kind device blk size logicalBlockSize ino blockSize written ' +
  'NEW DIRTY SHARED MERGED ANON_WRITE WANT_IOMAP_END SIZE_CHANGED STALE BOUNDARY ATOMIC_BIO ' +
  'type-unknown flags-unknown length-zero offset-unaligned length-unaligned file-range-overflow ' +
  'offset-past-maxbytes dev-missing addr-missing dev-forbidden addr-forbidden overwrite-on-read ' +
  'dev-unsupported device-range-overflow read-after-pos write-after-pos read-before-pos write-before-pos ' +
  'dev-not-found v6-04 times note inode of sent request message table NOWAIT UNSHARE ATOMIC DONTCACHE ' +
  'OVERWRITE_ONLY WRITEBACK reg error hex -ENOENT -EPERM -EBUSY -EBADF passthrough maxBytes ' +
  'revision config FUSE_IOMAP FUSE_PASSTHROUGH FUSE_IOMAP_DEBUG capabilities CAP_SYS_ADMIN CAP_SYS_RAWIO ' +
  'maxStackDepth nodeid opcode unique opflags attr_ino map live cursor entries refs caller padding ' +
  'allocation fail cmd arg copy fault unmount ioctl passthrough_open passthrough_release waiting not-called ' +
  'deep-blk dir chr none no-rw-iter mid-stack deep-stack NOCACHE RETRY_CACHE DEV_NULL DAX SWAPFILE ' +
  'BUFFER_HEAD XATTR INTEGRITY PRIVATE FOLIO_BATCH vdc vdd sda sdb nvme0n1 loop0 b c ' +
  'FUSE_DEV_IOC_BACKING_OPEN FUSE_DEV_IOC_BACKING_CLOSE -ENOSPC -EINTR -ENXIO -EAGAIN -ENOMEM -EACCES ' +
  '-EFAULT -ENOTBLK -EEXIST -ENODEV -EISDIR -EMFILE -ENOTTY -EFBIG -EROFS -ERANGE -ENOSYS -ELOOP -EBADR ' +
  '-EOPNOTSUPP -ECONNABORTED -ENOTCONN -ESTALE cache-unavailable nocache-on-begin ioctl-no-connection ' +
  'ioctl-unknown open-not-built open-copy open-type-unknown open-not-permitted open-flags open-padding ' +
  'open-badfd open-may-open open-nomem open-post open-id close-not-built close-copy close-badid close-noent ' +
  'close-not-permitted close-busy passthrough-badid passthrough-noent reply-short-header reply-length ' +
  'reply-error-range reply-unique reply-error-payload reply-size'
).split(' ');

/**
 * What DEFLATE knows before the first byte: sentences' pieces as titles and notes have them, then structure as
 * typical scenarios have it. What comes last is cheapest to point at.
 */
export function dictionary(): Uint8Array {
  return DICTIONARY;
}
const DICTIONARY = new Uint8Array(0);
