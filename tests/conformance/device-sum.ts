// SPDX-License-Identifier: MIT
/**
 * The CRC-32 of a whole device, without reading it all: rows ask for it thousands of times, of devices of which
 * few pages were written. Pages that no step wrote have the sums that they had from the start, kept by device.
 */
import type { IoMachine } from '#engine/core/io-machine.ts';
import { crc32 } from '#engine/run/crc32.ts';

const PAGE_BYTES = 4096;
const POLYNOMIAL = 0xedb8_8320;

/** What a sum of a text becomes when a page of zero bits follows: linear, so four tables of a byte each. */
const AFTER_PAGE: readonly Uint32Array[] = afterPage();

function afterPage(): Uint32Array[] {
  const ofBit = Array.from({ length: 32 }, (_, bit) => {
    let sum = (1 << bit) >>> 0;
    for (let i = 0; i < PAGE_BYTES * 8; i++) sum = ((sum >>> 1) ^ (sum & 1 ? POLYNOMIAL : 0)) >>> 0;
    return sum;
  });
  return [0, 8, 16, 24].map((shift) =>
    Uint32Array.from({ length: 256 }, (_, byte) =>
      ofBit.slice(shift, shift + 8).reduce((sum, of, bit) => (byte & (1 << bit) ? sum ^ of : sum), 0),
    ),
  );
}

/** The sum of a text that goes on with one page whose own sum is `page`. */
function withPage(sum: number, page: number): number {
  const [a, b, c, d] = AFTER_PAGE as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  return (a[sum & 255]! ^ b[(sum >>> 8) & 255]! ^ c[(sum >>> 16) & 255]! ^ d[sum >>> 24]! ^ page) >>> 0;
}

/** Sums of the pages that a device has from the start, by what makes it up. */
const untouched = new Map<string, number[]>();

/**
 * CRC-32 of a device of `sizeBytes`. `contents` names what it held from the start: the same name
 * for the same bytes.
 */
export function deviceSum(machine: IoMachine, device: string, sizeBytes: number, contents: string): number {
  if (sizeBytes % PAGE_BYTES !== 0) return crc32(machine.peek(device, 0n, sizeBytes));
  const key = `${device} ${contents}`;
  const known = untouched.get(key) ?? [];
  untouched.set(key, known);
  let sum = 0;
  for (let page = 0; page < sizeBytes / PAGE_BYTES; page++) {
    const read = () => crc32(machine.peek(device, BigInt(page * PAGE_BYTES), PAGE_BYTES));
    const written = machine.marks(device, BigInt(page)).written !== 0;
    sum = withPage(sum, written ? read() : (known[page] ??= read()));
  }
  return sum;
}
