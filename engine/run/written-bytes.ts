// SPDX-License-Identifier: MIT
import { WITHOUT_DATA } from '../scenario/io-names.ts';

/** The bytes that a pwrite writes: those spelled out, or as many of one as it says. */
export function writtenBytes(step: {
  data?: Uint8Array | undefined;
  length?: number | undefined;
  fill?: number | undefined;
}): Uint8Array {
  return (
    step.data ?? new Uint8Array(step.length ?? WITHOUT_DATA.lengthBytes).fill(step.fill ?? WITHOUT_DATA.fill)
  );
}
