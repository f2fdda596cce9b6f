// SPDX-License-Identifier: MIT
/**
 * Offsets of fields in the core's memory. The structs in assembly/ have the layout drawn beside them; only this
 * folder knows them.
 */

import type { Iomap } from '../kernel/wire-types.ts';

export const IOMAP_BYTES = 40;
/** In a slot of the mapping cache, after the mapping: what a lookup gives. */
export const SLOT_KIND = 32;
const BDEV_NUMBER = 16;

/** The number of the device that a bdev pointer points to; 0 for NULL. */
function deviceNumber(memory: DataView, bdev: number): number {
  return bdev === 0 ? 0 : memory.getUint32(bdev + BDEV_NUMBER, true);
}

/** struct iomap, or null if it is all zero: then its type is HOLE, and a used one never has length 0. */
export function readIomap(
  memory: DataView,
  at: number,
  deviceName: (number: number) => string | null,
): Iomap | null {
  const length = memory.getBigUint64(at + 16, true);
  if (length === 0n) return null;
  return {
    addr: memory.getBigUint64(at, true),
    offset: memory.getBigUint64(at + 8, true),
    length,
    type: memory.getUint16(at + 24, true),
    flags: memory.getUint16(at + 26, true),
    bdev: deviceName(deviceNumber(memory, memory.getUint32(at + 28, true))),
  };
}

/** Whether a struct iomap carries a buffer of inline data, and whether it came from the mapping cache. */
export function readMapMarks(memory: DataView, at: number): { inlineData: boolean; cached: boolean } {
  return { inlineData: memory.getUint32(at + 32, true) !== 0, cached: memory.getUint32(at + 36, true) !== 0 };
}

/** Gives a struct iomap a buffer of inline data; 0 is none. */
export function writeInlineData(memory: DataView, at: number, buffer: number): void {
  memory.setUint32(at + 32, buffer, true);
}

/** Writes a struct iomap; `bdev` is a device handle or 0. */
export function writeIomap(memory: DataView, at: number, map: Iomap, bdev: number): void {
  memory.setBigUint64(at, map.addr, true);
  memory.setBigUint64(at + 8, map.offset, true);
  memory.setBigUint64(at + 16, map.length, true);
  memory.setUint16(at + 24, map.type, true);
  memory.setUint16(at + 26, map.flags, true);
  memory.setUint32(at + 28, bdev, true);
  memory.setBigUint64(at + 32, 0n, true);
}
