// SPDX-License-Identifier: MIT
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
  /** A string that occurred as TEXT before; which one is a number, 0 the latest. */
  AGAIN: 8,
  /** A string such as "0x1f00": a number in lower-case hex. */
  HEX: 9,
  /** A string such as "17": a number in decimal. */
  DECIMAL: 10,
  /** A string of pairs of lower-case hex digits; their count is a number, the bytes are in the text stream. */
  BYTES: 11,
  /** A number that is not an integer, as TEXT. */
  FLOAT: 12,
  /** A string such as "64K": a number, then K; the five codes after it are M, G, T, P, E. */
  KILO: 13,
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
 * Structure as typical scenarios have it: words of the list, and for the other codes one sign each. What comes
 * last is nearest, and cheapest to point at.
 */
const SIGNS: Readonly<Record<string, number>> = {
  '}': TOKEN.END,
  '{': TOKEN.OBJECT,
  '[': TOKEN.ARRAY,
  ']': TOKEN.END,
  '~': TOKEN.NULL,
  '#': TOKEN.NUMBER,
  '"': TOKEN.TEXT,
  '=': TOKEN.AGAIN,
  x: TOKEN.HEX,
  '+': TOKEN.TRUE,
  '-': TOKEN.FALSE,
  '%': TOKEN.BYTES,
  N: TOKEN.DECIMAL,
  K: TOKEN.KILO,
  M: TOKEN.KILO + 1,
  G: TOKEN.KILO + 2,
  T: TOKEN.KILO + 3,
};

const SHAPES =
  '{ do ioctl cmd # arg % expect { ret -ENOTTY check ioctl-unknown } } ' +
  '{ do passthrough_open id # } { do passthrough_release of # } caller { capabilities [ CAP_SYS_ADMIN ] } ' +
  'kernel { config { FUSE_PASSTHROUGH - } } connection { iomap - passthrough - } superblock { bdev vda maxBytes # } ' +
  'table { live # cursor # entries { N { type IOMAP refs # device vda } N ~ } } ' +
  'request { opcode # nodeid # unique # opflags [ WRITE ] attr_ino # pos # count # } ' +
  'message { written # map { offset # length # addr # type PURE_OVERWRITE dev # } } } } ' +
  'reply { hex % } reply { error -EIO } ' +
  'flags [ NEW DIRTY ] flags [ SIZE_CHANGED STALE ] flags [ MERGED BOUNDARY ] flags [ ATOMIC_BIO ANON_WRITE ] ' +
  'op [ WRITE ZERO ] op [ REPORT ] op [ FAULT NOWAIT ] ' +
  'type INLINE flags [ SHARED ] dev # } type DELALLOC flags [ WANT_IOMAP_END ] addr NULL_ADDR type HOLE } ' +
  '{ do iomap_end of # op [ WRITE ] pos # count # written # iomap { flags [ STALE ] } expect { ret # sent - } } ' +
  '{ do backing_close id # expect { ret -EBUSY check close-busy } } ' +
  'expect { ret # iomap { offset # length # addr # type MAPPED flags [ NEW SHARED ] bdev vdb } srcmap { offset # ' +
  'length # addr # type UNWRITTEN bdev ~ } } } ' +
  'fds { N { kind blk device vda } N { kind blk device vdb } N { kind reg } } ' +
  '{ format # title " notes " devices { vda { size M logicalBlockSize # } vdb { size G } } ' +
  'inodes { a { ino # size # } b { blockSize # size K } } steps [ { do backing_open fd # expect { ret # } } ' +
  '{ format # title " devices { vda { size # } vdb { size # } } inodes { a { size # } } steps [ ' +
  '{ do backing_open fd # type PASSTHROUGH expect { ret # } } ' +
  '{ do backing_open } { do iomap_begin pos # count # reply { read { offset # length # addr NULL_ADDR type HOLE } } ' +
  'note " expect { ret -EFSCORRUPTED check dev-not-found which read } } ' +
  '{ do iomap_begin inode b op [ DIRECT ] pos # count # reply { read { offset # length # addr # type UNWRITTEN flags ' +
  '[ ANON_WRITE ] dev # } write { offset # length # addr # type MAPPED flags [ NEW ] dev # } } expect { ret # } } ' +
  '{ do iomap_begin op [ WRITE DIRECT ] pos # count # reply { read { offset # length # addr # type MAPPED dev # } ' +
  'write { offset # length # addr NULL_ADDR type PURE_OVERWRITE } } expect { ret -EFSCORRUPTED check ' +
  'offset-unaligned which write } } ] } # " { revision v6-04 ret N } ' +
  '} ] } # " { revision v6-04 ret -EFSCORRUPTED check ';

/** What DEFLATE knows before the first byte: pieces of sentences, then structure. */
export function dictionary(): Uint8Array {
  const structure = SHAPES.split(' ')
    .filter(Boolean)
    .map((word) => SIGNS[word] ?? FIRST_WORD + WORDS.indexOf(word));
  return Uint8Array.from([...structure]);
}
