// SPDX-License-Identifier: GPL-2.0-only
/** Block statuses: the few errors that a device can have. */

import { EIO } from '../include/linux/errno';

/**
 * The errnos that a block status stands for, as bits. 0 to 63: EAGAIN 11, ENOMEM 12, EBUSY 16, ENODEV 19, EINVAL 22,
 * ENOSPC 28, EBADE 52, ENODATA 61, ETIME 62.
 */
const LOW: u64 =
  (1 << 11) | (1 << 12) | (1 << 16) | (1 << 19) | (1 << 22) | (1 << 28) | (1 << 52) | (1 << 61) | (1 << 62);
/** From 64 on: ENOLINK 67, EOVERFLOW 75, EREMCHG 78, EILSEQ 84, EOPNOTSUPP 95, ETOOMANYREFS 109, ETIMEDOUT 110, EREMOTEIO 121. */
const HIGH: u64 =
  (1 << 3) | (1 << 11) | (1 << 14) | (1 << 20) | (1 << 31) | (1 << 45) | (1 << 46) | (1 << 57);

/** errno_to_blk_status() and back: what no block status stands for becomes -EIO on the way. */
export function blk_errno(err: i32): i32 {
  const number = <u32>-err;
  const known = number < 64 ? LOW : number < 128 ? HIGH : 0;
  return ((known >> (number & 63)) & 1) != 0 ? err : -EIO;
}
