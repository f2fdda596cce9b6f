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

/** Whether the kernel may use mappings in such a step; else it only reports them, or gets none. */
const USES_MAPPINGS: Record<(typeof IO_STEPS)[number], boolean> = {
  pread: true,
  pwrite: true,
  fsync: true,
  fzero: true,
  funshare: true,
  // These write back first.
  fiemap: true,
  seek: false,
  bmap: true,
  truncate: true,
  iomap_ioend: false,
};

/** The same of the name of any step. */
export const usesMappings = (name: string): boolean =>
  (USES_MAPPINGS as Readonly<Record<string, boolean>>)[name] ?? false;

/** What a pwrite writes that spells no bytes out and leaves these out, as in xfs_io. */
export const WITHOUT_DATA = { lengthBytes: 4096, fill: 0xcd } as const;

/** Whether a step does I/O. */
export function isIoStep<S extends { do: string }>(
  step: S,
): step is Extract<S, { do: (typeof IO_STEPS)[number] }> {
  return (IO_STEPS as readonly string[]).includes(step.do);
}
