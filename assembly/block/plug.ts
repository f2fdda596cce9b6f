// SPDX-License-Identifier: GPL-2.0-only
/**
 * A plug: bios that are held back until their submitter sleeps. Those that continue one another on the device go to
 * it as one request, which moves all of their bytes or none.
 */

import { DEBUG } from '../config';
import { halted } from '../halt';
import { Payload } from '../records';
import { trace_bio } from '../trace';
import { SECTOR_SHIFT, block_device } from './bdev';
import { bdev_injected, bio_check, bio_move } from './bio';

/**
 *     held bio, 40 bytes
 *     +0  | sector                              |
 *     +8  | bytes                               |
 *     +16 | pos                                 |
 *     +24 | memory (4): 0 is zeros | payload (4)|
 *     +32 | error (4)         | unused (4)      |
 */
@unmanaged
class held_bio {
  sector: u64;
  bytes: u64;
  pos: u64;
  memory: usize;
  payload: Payload;
  /** What it ended with at its submission; it then belongs to no request. */
  error: i32;
}
const HELD_BYTES: usize = 40;
/** Bios of one mapping of the largest buffer, and two of zeros. */
const HELD: u32 = 258;

/**
 *     +0  | bdev (4)         | operation (4)    |
 *     +8  | bios held (4)    | error (4)        |
 *     +16 | bio 0 ...                           |
 */
@unmanaged
class plug {
  bdev: block_device;
  op: u32;
  held: u32;
  /** The first error of those that have completed. */
  error: i32;
}
const plug_block: usize = memory.data(16 + 258 * 40, 16);

function current_plug(): plug {
  return changetype<plug>(plug_block);
}

function held(i: u32): held_bio {
  return changetype<held_bio>(plug_block + 16 + <usize>i * HELD_BYTES);
}

/** Starts to hold bios for a device back. */
export function blk_start_plug(bdev: block_device, op: u32): void {
  const p = current_plug();
  p.bdev = bdev;
  p.op = op;
  p.held = 0;
  p.error = 0;
}

/**
 * Submits a bio of `memory`, or of zeros for 0: 0 if it is held back now, else what it has ended with at once, before
 * any device has seen it.
 */
export function plug_bio(
  sector: u64,
  bytes: u64,
  pos: u64,
  memory: usize,
  payload: Payload,
  atomic: bool,
): i32 {
  const p = current_plug();
  if (p.held == HELD) flush(p);
  const err = bio_check(p.bdev, p.op, sector, bytes, atomic);
  const bio = held(p.held++);
  bio.sector = sector;
  bio.bytes = bytes;
  bio.pos = pos;
  bio.memory = memory;
  bio.payload = payload;
  bio.error = err;
  return err;
}

/** Lets everything go that is held back: the first error of what went to the device, or 0. */
export function blk_finish_plug(): i32 {
  const p = current_plug();
  flush(p);
  return p.error;
}

function flush(p: plug): void {
  let first: u32 = 0;
  while (first < p.held && !halted()) {
    const bio = held(first);
    if (bio.error != 0) {
      record(p, bio, bio.error);
      first++;
      continue;
    }
    let end = first + 1;
    let bytes = bio.bytes;
    while (end < p.held && held(end).error == 0 && continues(held(end - 1), held(end)))
      bytes += held(end++).bytes;
    request(p, first, end, bytes);
    first = end;
  }
  p.held = 0;
}

function continues(bio: held_bio, next: held_bio): bool {
  return bio.sector + (bio.bytes >> SECTOR_SHIFT) == next.sector;
}

/** The bios from `first` up to `end` as one request. */
function request(p: plug, first: u32, end: u32, bytes: u64): void {
  if (DEBUG) assert(bytes != 0, 'a request has bytes');
  const err = bdev_injected(p.bdev, p.op, held(first).sector, bytes, end - first);
  if (p.error == 0) p.error = err;
  for (let i = first; i < end && !halted(); i++) {
    const bio = held(i);
    record(p, bio, err);
    if (err == 0) bio_move(p.bdev, p.op, bio.sector << SECTOR_SHIFT, bio.memory, bio.bytes);
  }
}

function record(p: plug, bio: held_bio, err: i32): void {
  trace_bio(p.op, bio.payload, p.bdev.number, bio.sector, bio.bytes, bio.pos, err);
}
