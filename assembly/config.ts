// SPDX-License-Identifier: GPL-2.0-only
/**
 * What a build of the core is made for. The constants come from the compiler's command line
 * (`asc --use ASC_REVISION=4 --use ASC_TRACE=1 --use ASC_DEBUG=0`), so that what a build does not need is dropped
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

export const REVISION: i32 = ASC_REVISION;

/** Whether every evaluated check leaves a record. */
export const TRACE: bool = ASC_TRACE != 0;

/** Whether invariants are asserted: in the build that the property tests run. Nothing that is shipped has it. */
export const DEBUG: bool = ASC_DEBUG != 0;

/** Patch 04/31 of v6: iomap devices can be registered, and mappings name them by id. */
export const HAS_IOMAP_DEVICES: bool = REVISION >= V6_04;

/** From v7 on iomap_end tells the server where the mapping lies. */
export const END_HAS_ADDR: bool = REVISION >= V7_04;

/** The unposted branch of January 2026 assigned addr from itself, in a zeroed struct: 0 is sent. */
export const END_ADDR_FROM_ITSELF: bool = REVISION == R2026_01;

/** From that branch on, iomap_end looks up the backing id of the mapping's device. */
export const END_HAS_DEV: bool = REVISION >= R2026_01;

/** The cache patches: RETRY_CACHE and NOCACHE replies, the WRITEBACK and SWAPFILE op flags. */
export const HAS_MAPPING_CACHE: bool = REVISION >= LATE;

/** Later code remembers that a server does not implement iomap_end. */
export const REMEMBERS_NO_END: bool = REVISION >= LATE;

/** From v7 on the answer to an ioend carries the file's new size, and the request a device. */
export const IOEND_HAS_NEWSIZE: bool = REVISION >= V7_04;

/** Writeback asks with an op flag of its own; before, with WRITE alone (docs/LIMITS.md). */
export const WRITEBACK_HAS_OP: bool = REVISION >= LATE;
