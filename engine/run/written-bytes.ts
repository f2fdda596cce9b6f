// SPDX-License-Identifier: MIT
/** What a pwrite writes that says nothing of it, as in xfs_io. */
const FILL = 0xcd;
const LENGTH = 4096;

/** The bytes that a pwrite writes: those spelled out, or as many of one as it says. */
export function writtenBytes(step: {
  data?: Uint8Array | undefined;
  length?: number | undefined;
  fill?: number | undefined;
}): Uint8Array {
  return step.data ?? new Uint8Array(step.length ?? LENGTH).fill(step.fill ?? FILL);
}
