// SPDX-License-Identifier: GPL-2.0-only
import { heap_take } from '../mm/slab';

/**
 * A simulated block device.
 *
 *     block_device, 24 bytes
 *     +0  | number (4)       | logical block (4)|
 *     +8  | size in bytes                       |
 *     +16 | unused                              |
 */
@unmanaged
export class block_device {
  /** The host's number for it, from 1. */
  number: u32;
  logical_block_size: u32;
  size: u64;
  unused: u64;
}
const SIZEOF_BDEV: usize = offsetof<block_device>();

/** Makes a device that lives as long as the machine; null if memory is out. */
export function bdev_new(number: u32, size: u64, logical_block_size: u32): block_device | null {
  const at = heap_take(SIZEOF_BDEV);
  if (at == 0) return null;
  const bdev = changetype<block_device>(at);
  bdev.number = number;
  bdev.logical_block_size = logical_block_size;
  bdev.size = size;
  return bdev;
}
