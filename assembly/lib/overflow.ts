// SPDX-License-Identifier: GPL-2.0-only
/** check_add_overflow() for u64: true if a + b does not fit. A sum of exactly 2^64 does not fit either. */
export function add_overflows(a: u64, b: u64): bool {
  return a + b < a;
}
