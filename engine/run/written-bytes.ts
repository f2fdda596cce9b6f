// SPDX-License-Identifier: MIT
import type { Filled } from '../core/io-machine.ts';
import { WITHOUT_DATA } from '../scenario/io-names.ts';

interface Writing {
  data?: Uint8Array | undefined;
  length?: number | undefined;
  fill?: number | undefined;
}

/** What a pwrite writes: the bytes spelled out, or as many of one as it says. */
export function writtenData({ data, length, fill }: Writing): Uint8Array | Filled {
  return data ?? { length: length ?? WITHOUT_DATA.lengthBytes, fill: fill ?? WITHOUT_DATA.fill };
}

/** The bytes that a pwrite writes. */
export function writtenBytes(step: Writing): Uint8Array {
  const data = writtenData(step);
  return data instanceof Uint8Array ? data : new Uint8Array(data.length).fill(data.fill);
}
