// SPDX-License-Identifier: GPL-2.0-only
/** Integer constants given to the compiler with --use. */
declare const ASC_REVISION: i32;
declare const ASC_TRACE: i32;
declare const ASC_DEBUG: i32;
declare const ASC_MAP: i32;
