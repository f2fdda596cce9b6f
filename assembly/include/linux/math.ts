// SPDX-License-Identifier: GPL-2.0-only
/**
 * Rounding to powers of two, as include/linux/math.h and align.h have it. Generic, as the macros are: both operands
 * must have the width of the result, because a 32-bit mask would clear the upper half of a 64-bit number.
 */

/** The smallest multiple of `to` that is not below `value`; wraps around to 0 after the last one. */
@inline
export function round_up<T extends number>(value: T, to: T): T {
  return <T>((value + to - 1) & ~(to - 1));
}

/** The largest multiple of `to` that is not above `value`. */
@inline
export function round_down<T extends number>(value: T, to: T): T {
  return <T>(value & ~(to - 1));
}

/** IS_ALIGNED(): whether `value` is a multiple of `to`. */
export function is_aligned(value: u64, to: u64): bool {
  return (value & (to - 1)) == 0;
}
