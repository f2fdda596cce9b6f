// SPDX-License-Identifier: GPL-2.0-only
/**
 * Calls that will never return: the kernel has crashed, the caller sleeps for ever, or the simulator is out of
 * memory. The core unwinds without doing anything more, and the engine tells.
 */

import { EHALTED } from './include/linux/errno';

/** Why a call does not return. */
export const enum Oops {
  NONE,
  /** A bio to no device. */
  NULL_BDEV,
  /** inline_data is NULL and is read or written through. */
  INLINE_DATA,
  /** inline_data is NULL, but not at its first byte: an address that is not one. */
  INLINE_WILD,
  /** Not the kernel's: the core's memory ran out. */
  OUT_OF_MEMORY,
  /** Not a crash: no answer came. */
  WAITING,
  /** A bio of writeback has failed at its submission, and is used again. */
  WRITEBACK_FREED,
}

const halt_block: usize = memory.data(8, 8);

/** Halts the call. Returns -EHALTED, for the place of an error. The first reason stands. */
export function oops(reason: Oops): i32 {
  if (load<u32>(halt_block) == 0) store<u32>(halt_block, reason);
  return -EHALTED;
}

export function halted(): bool {
  return load<u32>(halt_block) != 0;
}

/** Why the last call did not return; NONE if it did. */
export function halt_reason(): u32 {
  return load<u32>(halt_block);
}

export function halt_reset(): void {
  store<u32>(halt_block, 0);
}
