// SPDX-License-Identifier: MIT
import { BASIC, DEVICES, LATER } from './catalogue-entry.ts';
import type { Prose } from './catalogue-entry.ts';
import { BEFORE_DEVICES, WITH_CACHE, answer, hole, mapped, scenario } from './catalogue-fragments.ts';

/** Prose for the checks on a single mapping: fuse_iomap_check_mapping. */
export const MAPPING_PROSE = {
  'type-unknown': {
    title: 'A mapping type that does not exist',
    refuses:
      'A type other than HOLE (0), DELALLOC (1), MAPPED (2), UNWRITTEN (3), INLINE (4) or PURE_OVERWRITE (255). ' +
      'Revision late knows NOCACHE (253) and RETRY_CACHE (254) too. ' +
      'From May 2026 on PURE_OVERWRITE is 65,535; 2026-05-cache knows RETRY_CACHE (65,534) and NOCACHE (65,533).',
    why:
      'The type decides which other fields mean anything, and it is converted to a type of the iomap layer. ' +
      'A number with no counterpart there cannot be acted on, so it is looked at first.',
    fix: 'Use the FUSE_IOMAP_TYPE_* names. RFC postings up to v3 and the branches of May 2026 number PURE_OVERWRITE 0xffff (65,535), not 255.',
    since: BASIC,
    examples: { passing: answer(hole()), failing: answer(hole({ type: 5 })) },
  },
  'flags-unknown': {
    title: 'A flag that a server may not send',
    refuses: 'Any flag bit above bit 7, SIZE_CHANGED (0x100) and STALE (0x200) among them.',
    why:
      'Bits that mean nothing today must be free to mean something tomorrow, so they are refused rather than ' +
      'ignored. SIZE_CHANGED and STALE do have a meaning, but it is the kernel that says them, in iomap_end.',
    fix: 'Send only NEW, DIRTY, SHARED, MERGED, BOUNDARY, ANON_WRITE, ATOMIC_BIO and WANT_IOMAP_END. Do not copy the flags of an iomap_end into a reply.',
    since: BASIC,
    examples: { passing: answer(hole({ flags: ['MERGED'] })), failing: answer(hole({ flags: ['STALE'] })) },
  },
  'length-zero': {
    title: 'A mapping of no bytes',
    refuses: 'A length of 0.',
    why:
      'A mapping that covers nothing lets no operation advance: the iomap layer would ask the same question again. ' +
      'Every mapping must cover at least one byte, the one at pos.',
    fix: 'Set length to that of the extent, or of the hole up to the next one. For the write slot of a read use a pure overwrite, not zeros.',
    since: BASIC,
    examples: { passing: answer(hole()), failing: answer(hole({ length: 0 })) },
  },
  'offset-unaligned': {
    title: 'A mapping that starts inside a block',
    refuses: "An offset that is not a multiple of the inode's block size.",
    why:
      'The page cache and writeback keep their state by block. A mapping that starts inside one would leave a block ' +
      'with two answers to where it lies.',
    fix: "Round the start down to the block size of the inode, and move addr by the same number of bytes. The device's sector size does not matter here.",
    since: BASIC,
    examples: { passing: answer(hole()), failing: answer(hole({ offset: 512 })) },
  },
  'length-unaligned': {
    title: 'A mapping that ends inside a block',
    refuses: "A length that is not a multiple of the inode's block size.",
    why:
      'As for the offset: a block is mapped whole or not at all. Where the file ends inside its last block is known ' +
      'from the inode, not from the mapping.',
    fix: 'Round the end up to the block size. Do not cut the last mapping at the end of the file.',
    since: BASIC,
    examples: { passing: answer(hole()), failing: answer(hole({ length: 1000 })) },
  },
  'file-range-overflow': {
    title: 'A file range that wraps around',
    refuses: 'An offset and a length whose sum does not fit in 64 bits; exactly 2^64 does not fit either.',
    why: 'The end of the mapping is computed over and over. If it wrapped around, every later comparison with it would be wrong.',
    fix: 'For "a hole to the end" stop at the end of the file, rounded up to a block, or at the largest file size.',
    since: BASIC,
    examples: {
      passing: answer(hole({ length: '0xfffffffffffff000' })),
      failing: answer(hole({ offset: 4096, length: '0xfffffffffffff000' })),
    },
  },
  'offset-past-maxbytes': {
    title: 'A mapping past the largest file',
    refuses: "An offset at or past the superblock's s_maxbytes. The end may lie past it.",
    why: 'No file of this filesystem can have a byte there, so the mapping cannot be about one. It also keeps the offset within what a signed loff_t holds.',
    fix: 'Answer for the position that was asked about. If the files may be larger, say so when the mount is configured.',
    since: BASIC,
    examples: {
      passing: answer(hole({ offset: 0 }), { machine: { superblock: { maxBytes: 65536 } } }),
      failing: answer(hole({ offset: 65536 }), { machine: { superblock: { maxBytes: 65536 } } }),
    },
  },
  'dev-missing': {
    title: 'On a device, but on which?',
    refuses: 'A MAPPED or UNWRITTEN mapping whose dev is DEV_NULL (0).',
    why: 'These two types promise that there is space on a device. Without a device there is nothing to send I/O to.',
    fix: 'Register the block device with FUSE_DEV_IOC_BACKING_OPEN, keep the id that the ioctl returns, and put it into dev. In v6-03 that cannot be done yet.',
    since: BASIC,
    examples: { passing: answer(mapped()), failing: answer(mapped({ dev: 0 })) },
  },
  'addr-missing': {
    title: 'On a device, but where?',
    refuses: 'A MAPPED or UNWRITTEN mapping whose addr is NULL_ADDR.',
    why: 'These two types promise that there is space on a device, and I/O needs its address. NULL_ADDR says that there is none.',
    fix: 'Set addr in bytes: the physical block number times the block size. If there is no space, say HOLE.',
    since: BASIC,
    examples: { passing: answer(mapped()), failing: answer(mapped({ addr: 'NULL_ADDR' })) },
  },
  'dev-forbidden': {
    title: 'Nowhere, and yet on a device',
    refuses: 'A HOLE, DELALLOC or INLINE mapping whose dev is not DEV_NULL (0).',
    why: 'These types have no place on a device. A mapping that says both is more likely a mistake in the server than a wish.',
    fix: 'Leave dev 0 for these types. Fill it in only once the extent was found.',
    since: BASIC,
    examples: { passing: answer(hole()), failing: answer(hole({ dev: 1 })) },
  },
  'addr-forbidden': {
    title: 'Nowhere, and yet at an address',
    refuses: 'A HOLE, DELALLOC or INLINE mapping whose addr is not NULL_ADDR. 0 is not NULL_ADDR.',
    why: 'As for dev: these types lie nowhere. Byte 0 of a device is a real place, so "none" has a value of its own, 2^64 - 1.',
    fix: 'Set addr to NULL_ADDR. A zeroed struct is not a valid hole.',
    since: BASIC,
    examples: { passing: answer(hole()), failing: answer(hole({ addr: 0 })) },
  },
  'overwrite-on-read': {
    title: 'A read mapping that refers to itself',
    refuses: 'PURE_OVERWRITE in the read slot.',
    why: 'In the write slot the type means "use the read mapping". In the read slot there is nothing it could refer to.',
    fix: 'Put the real mapping into read and PURE_OVERWRITE into write. Check that the two are not swapped.',
    since: BASIC,
    examples: {
      passing: answer(hole(), { write: hole({ type: 'PURE_OVERWRITE' }) }),
      failing: answer(hole({ type: 'PURE_OVERWRITE' })),
    },
  },
  'dev-unsupported': {
    title: 'A device where none can be',
    refuses: 'Any dev but DEV_NULL.',
    why:
      'Until patch 04 of the series no device can be registered, so no dev can be right. Together with dev-missing ' +
      'this refuses every MAPPED and UNWRITTEN mapping: that stage was never meant to do I/O.',
    fix: 'Nothing: patch 04 removes the check and looks the device up instead.',
    since: { ...BASIC, note: 'In patches 01 to 03 only; patch 04 of the same series takes it out.' },
    examples: {
      passing: scenario([{ do: 'iomap_begin', reply: { read: hole() } }], BEFORE_DEVICES),
      failing: scenario([{ do: 'iomap_begin', reply: { read: mapped() } }], BEFORE_DEVICES),
    },
  },
  'device-range-overflow': {
    title: 'A device range that wraps around',
    refuses: 'An addr (other than NULL_ADDR) and a length whose sum does not fit in 64 bits.',
    why: 'The end of the range on the device must be a number. Whether it lies inside the device is another matter: the block layer finds that out, with -EIO.',
    fix: 'Look for an address that was computed from a negative or unset block number.',
    since: BASIC,
    examples: {
      passing: answer(mapped()),
      failing: answer(mapped({ length: 8192, addr: '0xfffffffffffff000' })),
    },
  },
  'cache-unavailable': {
    title: 'Try the cache, but there is none',
    refuses: 'RETRY_CACHE for an inode that does not cache mappings.',
    why: 'The type tells the kernel to look into its mapping cache again. Without a cache it would find nothing, for ever.',
    fix: 'Answer with a real mapping, or enable the cache for the inode first.',
    since: LATER,
    examples: {
      passing: answer(hole({ type: 'RETRY_CACHE' }), {
        write: hole({ type: 'PURE_OVERWRITE' }),
        machine: { ...WITH_CACHE, inodes: { a: { caches: true } } },
      }),
      failing: answer(hole({ type: 'RETRY_CACHE' }), { machine: WITH_CACHE }),
    },
  },
} satisfies Record<string, Prose>;

/** Prose for the two functions that look at the reply as a whole and at the devices. */
export const REPLY_PROSE = {
  'nocache-on-begin': {
    title: 'NOCACHE is not a mapping',
    refuses: 'NOCACHE in either slot of the answer to an iomap_begin.',
    why: 'NOCACHE is for messages that put mappings into the cache. As the answer to a question it says nothing about where the bytes are.',
    fix: 'Answer with a real mapping.',
    since: LATER,
    examples: {
      passing: answer(hole(), { machine: WITH_CACHE }),
      failing: answer(hole({ type: 'NOCACHE' }), { machine: WITH_CACHE }),
    },
  },
  'read-after-pos': {
    title: 'A read mapping that starts too late',
    refuses: 'A read mapping whose offset is greater than pos.',
    why: 'The question was about the byte at pos, so that byte must be in the answer. A mapping that starts later leaves it open.',
    fix: 'If the next extent starts after pos, answer with a hole from pos, rounded down to a block, to that extent.',
    since: BASIC,
    examples: { passing: answer(hole()), failing: answer(hole({ offset: 4096 })) },
  },
  'write-after-pos': {
    title: 'A write mapping that starts too late',
    refuses: 'A write mapping whose offset is greater than pos, for a read as well.',
    why: 'As for the read mapping: it must cover pos. The two may differ in extent, but not in what they are about.',
    fix: 'Start the write mapping at or before pos. For a read use a pure overwrite with the offset and length of read.',
    since: BASIC,
    examples: { passing: answer(hole()), failing: answer(hole(), { write: hole({ offset: 4096 }) }) },
  },
  'read-before-pos': {
    title: 'A read mapping that ends too early',
    refuses: 'A read mapping whose offset + length is at or before pos.',
    why: 'The sum offset + length is the first byte after the mapping. If that is pos, the byte asked about is not covered.',
    fix: 'Look up the extent that contains pos, not the one before it; compare with >, not >=.',
    since: BASIC,
    examples: {
      passing: answer(hole(), { step: { pos: 4095 } }),
      failing: answer(hole(), { step: { pos: 4096 } }),
    },
  },
  'write-before-pos': {
    title: 'A write mapping that ends too early',
    refuses: 'A write mapping whose offset + length is at or before pos, for a read as well.',
    why: 'As for the read mapping: without the byte at pos there is no place for the first byte of the write.',
    fix: 'Let the write mapping reach past pos.',
    since: BASIC,
    examples: {
      passing: answer(hole({ length: 8192 }), { step: { pos: 4096 } }),
      failing: answer(hole({ length: 8192 }), { write: hole(), step: { pos: 4096 } }),
    },
  },
  'dev-not-found': {
    title: 'A device that is not registered',
    refuses:
      'A MAPPED or UNWRITTEN mapping whose dev is not a live iomap id of this connection. The write mapping is checked only for a write (WRITE, ZERO, UNSHARE; from late on WRITEBACK, in 2026-05-cache SWAPFILE too) that is not a pure overwrite. v6-03 does not look up devices.',
    why:
      'The kernel does I/O on behalf of the server, so it uses only devices that the server was allowed to open and ' +
      'handed over itself. An id of another connection, or of a passthrough file, is none of these.',
    fix: 'Use the id that FUSE_DEV_IOC_BACKING_OPEN returned for type IOMAP, on this connection, after this mount.',
    since: DEVICES,
    examples: { passing: answer(mapped()), failing: answer(mapped({ dev: 2 })) },
  },
} satisfies Record<string, Prose>;
