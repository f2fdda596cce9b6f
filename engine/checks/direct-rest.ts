// SPDX-License-Identifier: MIT
import type { Foreseen } from '../run/foresee-types.ts';

/**
 * What a direct write does with the rest of blocks that it writes in part, as far as they lie within the file: bytes
 * that nobody wrote, and bytes that the kernel filled with zeros. None for I/O of another kind.
 */
export function besideDirectWrite(tried: Foreseen): { leftBytes: bigint; zeroedBytes: bigint } {
  if (tried.kind !== 'write' || !tried.direct) return { leftBytes: 0n, zeroedBytes: 0n };
  const block = BigInt(tried.blockSizeBytes);
  const { pos } = tried;
  const end = pos + tried.lengthBytes;
  const sizeAfter = tried.sizeBytes > end ? tried.sizeBytes : end;
  const around = [
    { from: pos - (pos % block), to: pos },
    { from: end, to: least(sizeAfter, end + ((block - (end % block)) % block)) },
  ];
  let bytes = 0n;
  let zeroedBytes = 0n;
  for (const { from, to } of around) {
    bytes += to - from;
    for (const event of tried.io.events) {
      if (event.kind !== 'bio' || event.payload !== 'zeros') continue;
      const start = event.pos > from ? event.pos : from;
      const stop = least(event.pos + event.lengthBytes, to);
      if (stop > start) zeroedBytes += stop - start;
    }
  }
  return { leftBytes: bytes - zeroedBytes, zeroedBytes };
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
