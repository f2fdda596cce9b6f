// SPDX-License-Identifier: GPL-2.0-only
import { EAGAIN, EBUSY, EINVAL, EIO, ENODEV, ENOMEM, ENOSPC, EOPNOTSUPP } from '../include/linux/errno';

/** errno_to_blk_status() and back: errors that no block status has become -EIO on the way. */
export function blk_errno(err: i32): i32 {
  switch (-err) {
    case EAGAIN:
    case EBUSY:
    case EINVAL:
    case ENODEV:
    case ENOMEM:
    case ENOSPC:
    case EOPNOTSUPP:
      return err;
    default:
      return -EIO;
  }
}
