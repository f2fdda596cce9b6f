// SPDX-License-Identifier: MIT
/** Errno names and numbers, Linux asm-generic. EFSCORRUPTED is the kernel's local alias of EUCLEAN. */
export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  EIO: 5,
  ENXIO: 6,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  ENOTBLK: 15,
  EBUSY: 16,
  EEXIST: 17,
  ENODEV: 19,
  EISDIR: 21,
  EINVAL: 22,
  EMFILE: 24,
  ENOTTY: 25,
  EFBIG: 27,
  ENOSPC: 28,
  EROFS: 30,
  ERANGE: 34,
  ENOSYS: 38,
  ELOOP: 40,
  EBADR: 53,
  EOPNOTSUPP: 95,
  ECONNABORTED: 103,
  ENOTCONN: 107,
  ESTALE: 116,
  EFSCORRUPTED: 117,
} as const satisfies Record<string, number>;

export type ErrnoName = keyof typeof ERRNO;

const NAME_OF = new Map<number, ErrnoName>(
  Object.entries(ERRNO).map(([name, number]) => [number, name as ErrnoName]),
);

/** `-117` → `-EFSCORRUPTED`; a number without a name, and anything not negative, as decimal digits. */
export function errnoText(ret: number | bigint): string {
  const name = ret < 0 ? NAME_OF.get(-Number(ret)) : undefined;
  return name === undefined ? String(ret) : `-${name}`;
}

/** `-EIO` → `-5`, also `-EUCLEAN`; undefined for anything that is not a minus sign and a known name. */
export function errnoFromText(text: string): number | undefined {
  if (!text.startsWith('-')) return undefined;
  const name = text.slice(1) === 'EUCLEAN' ? 'EFSCORRUPTED' : text.slice(1);
  return Object.hasOwn(ERRNO, name) ? -ERRNO[name as ErrnoName] : undefined;
}
