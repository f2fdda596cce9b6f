// SPDX-License-Identifier: GPL-2.0-only
/** Requests to a block device, in the order in which the block layer looks at them. */

import { EINVAL, EIO } from '../include/linux/errno';
import { Oops, halted, oops } from '../halt';
import { kmem_cache, kmem_cache_alloc } from '../mm/slab';
import { Note, Payload, Warn } from '../records';
import { trace_bio, trace_note, trace_warn } from '../trace';
import { SECTOR_SHIFT, bdev_read, bdev_write, block_device } from './bdev';
import { blk_errno } from './status';

export const REQ_OP_READ: u32 = 0;
export const REQ_OP_WRITE: u32 = 1;

/**
 *     fault, 32 bytes
 *     +0  | next (4)         | operations (4)   |
 *     +8  | first sector                        |
 *     +16 | sectors                             |
 *     +24 | times left       | -errno (4)       |
 *
 * `operations` has bit 0 for reads and bit 1 for writes.
 */
@unmanaged
class fault {
  next: usize;
  operations: u32;
  first: u64;
  sectors: u64;
  times: u32;
  err: i32;
}

const faults_block: usize = memory.data(16, 16);

/**
 * Lets a range of sectors fail `times` times (0xffffffff: always), with an error as a block status has it. Of faults
 * that overlap, the one added last is hit first. False if memory is out.
 */
export function bdev_add_fault(
  bdev: block_device,
  operations: u32,
  first: u64,
  sectors: u64,
  times: u32,
  err: i32,
): bool {
  const at = kmem_cache_alloc(changetype<kmem_cache>(faults_block), <u32>offsetof<fault>());
  if (at == 0) return false;
  const f = changetype<fault>(at);
  f.operations = operations;
  f.first = first;
  f.sectors = sectors;
  f.times = times;
  f.err = blk_errno(err);
  f.next = bdev.faults;
  bdev.faults = at;
  return true;
}

/** What the scenario lets go wrong with a request of `bios` bios: 0 or -errno. */
export function bdev_injected(bdev: block_device, op: u32, sector: u64, bytes: u64, bios: u32): i32 {
  const sectors = bytes >> SECTOR_SHIFT;
  bdev.bios += bios;
  if (bdev.bios > bdev.dies_after) return -EIO;
  for (let at = bdev.faults; at != 0;) {
    const f = changetype<fault>(at);
    // Neither range can wrap: the bio ends on the device, and a fault may have no end.
    const hit = sector < f.first ? f.first - sector < sectors : sector - f.first < f.sectors;
    if (hit && f.times != 0 && (f.operations & (1 << op)) != 0) {
      if (f.times != u32.MAX_VALUE) f.times--;
      return f.err;
    }
    at = f.next;
  }
  return 0;
}

/** bio_check_eod() and the tests around it: 0, or what the bio ends with before any device has seen it. */
export function bio_check(bdev: block_device, op: u32, sector: u64, bytes: u64, atomic: bool): i32 {
  // Only a warning: this layer submits the bio all the same.
  if (op == REQ_OP_WRITE && bdev.read_only != 0) trace_warn(Warn.BIO_READ_ONLY, bdev.number, sector);
  const device_sectors = bdev.size >> SECTOR_SHIFT;
  const sectors = bytes >> SECTOR_SHIFT;
  if (sectors != 0 && (sectors > device_sectors || sector > device_sectors - sectors)) {
    trace_warn(Warn.BIO_END_OF_DEVICE, bdev.number, sector);
    return -EIO;
  }
  // No device here can write without being torn.
  if (atomic) {
    trace_note(Note.BIO_NOT_ATOMIC, bdev.number, sector);
    return -EINVAL;
  }
  const mask = <u64>bdev.logical_block_size - 1;
  if ((((sector << SECTOR_SHIFT) | bytes) & mask) != 0) {
    trace_warn(Warn.BIO_UNALIGNED, bdev.number, sector);
    return -EIO;
  }
  return 0;
}

/**
 * Begins a bio: 0 if its bytes may move now, -errno if it has failed as a whole. `pos` is the file position that it
 * serves, and `payload` what it carries, for the record. A NULL device is the end of the kernel.
 */
export function submit_bio(
  bdev: block_device | null,
  op: u32,
  sector: u64,
  bytes: u64,
  pos: u64,
  payload: Payload,
): i32 {
  if (halted()) return -EIO;
  if (!bdev) return oops(Oops.NULL_BDEV);
  let err = bio_check(bdev, op, sector, bytes, false);
  if (err == 0) err = bdev_injected(bdev, op, sector, bytes, 1);
  trace_bio(op, payload, bdev.number, sector, bytes, pos, err);
  return err;
}

/** Moves a part of a submitted bio; `at` is a byte address on the device. `memory` 0 writes zeros. */
export function bio_move(bdev: block_device, op: u32, at: u64, memory: usize, bytes: u64): void {
  if (op == REQ_OP_READ) bdev_read(bdev, at, memory, bytes, true);
  else if (!bdev_write(bdev, at, memory, bytes, true)) oops(Oops.OUT_OF_MEMORY);
}
