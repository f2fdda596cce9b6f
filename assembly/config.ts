// SPDX-License-Identifier: GPL-2.0-only
/**
 * What a build of the core is made for. The constants come from the compiler's command line
 * (`asc --use ASC_REVISION=4 --use ASC_TRACE=1 --use ASC_DEBUG=0 --use ASC_MAP=0`), so that what a build does not need is dropped
 * from it.
 *
 * A difference between revisions has a name here and is used at the place where the kernel changed: grep for
 * the name to see all of a revision.
 */

/** The revisions, in the order of their dates. The numbers are the build's, and stay. */
export const V6_03: i32 = 3;
export const V6_04: i32 = 4;
export const R2026_01: i32 = 5;
export const V7_04: i32 = 6;
export const LATE: i32 = 7;
export const R2026_05: i32 = 8;
export const R2026_05_CACHE: i32 = 9;

export const REVISION: i32 = ASC_REVISION;

/** Whether every evaluated check leaves a record. */
export const TRACE: bool = ASC_TRACE != 0;

/** Whether invariants are asserted: in the build that the property tests run. Nothing that is shipped has it. */
export const DEBUG: bool = ASC_DEBUG != 0;

/** Whether the check that refused is kept by its number, and many replies are asked about at once: see map.ts. */
export const MAP: bool = ASC_MAP != 0;

/** Patch 04/31 of v6: iomap devices can be registered, and mappings name them by id. */
export const HAS_IOMAP_DEVICES: bool = REVISION >= V6_04;

/** From v7 on iomap_end tells the server where the mapping lies. */
export const END_HAS_ADDR: bool = REVISION >= V7_04;

/** The unposted branch of January 2026 assigned addr from itself, in a zeroed struct: 0 is sent. */
export const END_ADDR_FROM_ITSELF: bool = REVISION == R2026_01;

/** From that branch on, iomap_end looks up the backing id of the mapping's device. */
export const END_HAS_DEV: bool = REVISION >= R2026_01;

/** The cache patches: RETRY_CACHE and NOCACHE replies, the SWAPFILE op flag. The plumbing of May 2026 lies below them. */
export const HAS_MAPPING_CACHE: bool = REVISION >= LATE && REVISION != R2026_05;

/** With them the kernel remembers that a server does not implement iomap_end. */
export const REMEMBERS_NO_END: bool = REVISION >= LATE && REVISION != R2026_05;

/** With them an inline mapping that is used gets a buffer, and may not be longer than a block. */
export const SETS_UP_INLINE: bool = REVISION >= LATE && REVISION != R2026_05;

/** From v7 on the answer to an ioend carries the file's new size, and the request a device. */
export const IOEND_HAS_NEWSIZE: bool = REVISION >= V7_04;

/** An answer to an ioend does not make the file smaller than the kernel knows it to be. */
export const IOEND_KEEPS_SIZE: bool = REVISION >= R2026_05_CACHE;

/** Writeback asks with an op flag of its own; before, with WRITE alone (docs/LIMITS.md). */
export const WRITEBACK_HAS_OP: bool = REVISION >= LATE;

/** Files are read and written through iomap; the plumbing of May 2026 has begins and ends, and nobody who asks. */
export const DOES_IO: bool = REVISION >= V6_03 && REVISION != R2026_05;

/** May 2026: other numbers for the special types (65535, 65534, 65533) and for the op flags WRITEBACK and SWAPFILE. */
export const NUMBERS_OF_MAY: bool = REVISION >= R2026_05;

/** May 2026: a pure overwrite carries nothing but its range: no flags, no device, no address. */
export const OVERWRITE_IS_BARE: bool = REVISION >= R2026_05;

/** May 2026: a device is used only as the descriptor that it was registered by was opened. */
export const TESTS_ACCESS_MODE: bool = REVISION >= R2026_05;

/** May 2026: a caller that may not wait is not kept waiting for the server. */
export const NOWAIT_NEVER_ASKS: bool = REVISION >= R2026_05;

/** May 2026: iomap_end looks for WANT_IOMAP_END where the kernel has it. */
export const HEARS_WANT_END: bool = REVISION >= R2026_05;

/** May 2026: a new id is the lowest that is free; before, the next after the one handed out last. */
export const LOWEST_FREE_ID: bool = REVISION >= R2026_05;

/** May 2026: an iomap device can be closed while no iomap inode lives, and O_PATH does not open one. */
export const IOMAP_CAN_CLOSE: bool = REVISION >= R2026_05;

/** The cache of May 2026: replies that speak of it go through all checks, and have two of their own. */
export const CACHE_REPLY_IS_CHECKED: bool = REVISION >= R2026_05_CACHE;

/** The cache of May 2026: it is looked into before a request, and after a reply that says so. */
export const TRIES_CACHE: bool = REVISION >= R2026_05_CACHE;

/** The cache of May 2026: SWAPFILE counts as a file write. */
export const SWAPFILE_WRITES: bool = REVISION >= R2026_05_CACHE;

/** The cache of May 2026: what an ATOMIC write needs of its mapping is tested. */
export const CHECKS_ATOMIC: bool = REVISION >= R2026_05_CACHE;

/** The cache of May 2026: inline data is read from the server, and written back to it. */
export const READS_INLINE: bool = REVISION >= R2026_05_CACHE;
