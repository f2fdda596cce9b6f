// SPDX-License-Identifier: GPL-2.0-only
/** Error numbers, Linux asm-generic. */
export const EPERM: i32 = 1;
export const ENOENT: i32 = 2;
export const EINTR: i32 = 4;
export const EIO: i32 = 5;
export const ENXIO: i32 = 6;
export const EBADF: i32 = 9;
export const EAGAIN: i32 = 11;
export const ENOMEM: i32 = 12;
export const EACCES: i32 = 13;
export const EFAULT: i32 = 14;
export const ENOTBLK: i32 = 15;
export const EBUSY: i32 = 16;
export const ENODEV: i32 = 19;
export const EISDIR: i32 = 21;
export const EINVAL: i32 = 22;
export const ENOTTY: i32 = 25;
export const EFBIG: i32 = 27;
export const ENOSPC: i32 = 28;
export const ENOSYS: i32 = 38;
export const ELOOP: i32 = 40;
export const EBADR: i32 = 53;
export const EOPNOTSUPP: i32 = 95;
export const ENOTCONN: i32 = 107;
export const EUCLEAN: i32 = 117;
/** The file systems' local name for a structure that contradicts itself. */
export const EFSCORRUPTED: i32 = EUCLEAN;

/**
 * Not kernel errors: what a call returns here when a kernel's would not return. Far outside the range of errnos.
 * EWAITING: no answer came that the kernel takes, the caller sleeps. ERETRYCACHE: the kernel would look into
 * its mapping cache here, which is not modelled; from May 2026 on, it has, and would make the same request again.
 */
export const EWAITING: i32 = 1_000_001;
export const ERETRYCACHE: i32 = 1_000_002;
/** The call did not return, see halt.ts. */
export const EHALTED: i32 = 1_000_003;

const MAX_ERRNO: u32 = 4095;

/** An error in the place of a pointer, as in include/linux/err.h. `err` is negative. */
export function ERR_PTR(err: i32): usize {
  return <usize>(<u32>err);
}

export function IS_ERR(ptr: usize): bool {
  return <u32>ptr >= <u32>-(<i32>MAX_ERRNO);
}

export function PTR_ERR(ptr: usize): i32 {
  return <i32>(<u32>ptr);
}
