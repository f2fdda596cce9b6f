// SPDX-License-Identifier: MIT
/** The names of the steps that do I/O. */
export const IO_STEPS = [
  'pread',
  'pwrite',
  'fsync',
  'fzero',
  'funshare',
  'fiemap',
  'seek',
  'bmap',
  'truncate',
  'iomap_ioend',
] as const;

/** What a pwrite writes that spells no bytes out and leaves these out, as in xfs_io. */
export const WITHOUT_DATA = { lengthBytes: 4096, fill: 0xcd } as const;

/** Whether a step does I/O. */
export function isIoStep<S extends { do: string }>(
  step: S,
): step is Extract<S, { do: (typeof IO_STEPS)[number] }> {
  return (IO_STEPS as readonly string[]).includes(step.do);
}
