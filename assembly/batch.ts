// SPDX-License-Identifier: GPL-2.0-only
/** Many replies in one call, each against a machine of its own that was prepared before: for sweeps and benches. */

import { block_device } from './block/bdev';
import { TRACE } from './config';
import { SIZEOF_IOMAP, iomap, iomap_clear } from './include/linux/iomap';
import { fuse_iomap_begin_reply } from './fs/fuse/file_iomap';
import { inode } from './include/linux/fs';
import { trace_reset } from './trace';

/**
 *     row, 96 bytes
 *     +0  | reply (fuse_iomap_begin_out, 64)    |
 *     +64 | pos                                 |
 *     +72 | inode (4)        | opflags (4)      |
 *     +80 | error (4, signed)| unused (12) ...  |
 */
@unmanaged
class row {
  pos: u64;
  inode: inode;
  opflags: u32;
  error: i32;
}
const ROW_BYTES: usize = 96;
const ROW_REPLY_BYTES: usize = 64;

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

const maps_block: usize = memory.data(80, 16);
const touched_block: usize = memory.data(4, 16);

function mix(hash: u64, value: u64): u64 {
  return (hash ^ value) * FNV_PRIME;
}

function mix_iomap(hash: u64, map: iomap): u64 {
  hash = mix(hash, map.addr);
  hash = mix(hash, <u64>map.offset);
  hash = mix(hash, map.length);
  hash = mix(hash, (<u64>map.type) | ((<u64>map.flags) << 16));
  const bdev = changetype<usize>(map.bdev);
  return mix(hash, bdev == 0 ? 0 : <u64>changetype<block_device>(bdev).number);
}

/** Address of the row with the i-th index; its reply comes first. */
function reply_at(rows: usize, indices: usize, i: u32): usize {
  return rows + <usize>load<u32>(indices + ((<usize>i) << 2)) * ROW_BYTES;
}

/**
 * Loads what the rows after the i-th will need, a step of the way each: a row, the inode of another, the connection
 * of a third. The machines of a sweep lie all over the memory, and so they wait for it side by side. The sum keeps
 * the loads from being left out.
 */
function touch_ahead(rows: usize, indices: usize, i: u32): usize {
  const third = reply_at(rows, indices, i + 3);
  const second = changetype<row>(reply_at(rows, indices, i + 2) + ROW_REPLY_BYTES).inode;
  const first = changetype<row>(reply_at(rows, indices, i + 1) + ROW_REPLY_BYTES).inode;
  return (
    load<usize>(third) +
    load<usize>(third + ROW_REPLY_BYTES) +
    changetype<usize>(second.fc) +
    <usize>second.s_maxbytes +
    first.fc.root
  );
}

/**
 * Evaluates rows[indices[0]], rows[indices[1]], … and returns a checksum over the verdicts and the structs, so that
 * nothing can be left out of the work.
 */
export function batch_begin(rows: usize, indices: usize, count: u32): u64 {
  let hash = FNV_OFFSET;
  const to = changetype<iomap>(maps_block);
  const srcmap = changetype<iomap>(maps_block + SIZEOF_IOMAP);
  let touched: usize = 0;
  for (let i: u32 = 0; i < count; i++) {
    const reply = reply_at(rows, indices, i);
    const r = changetype<row>(reply + ROW_REPLY_BYTES);
    if (!TRACE && i + 3 < count) touched += touch_ahead(rows, indices, i);
    iomap_clear(to);
    iomap_clear(srcmap);
    trace_reset();
    const err = r.error != 0 ? r.error : fuse_iomap_begin_reply(r.inode, r.pos, r.opflags, reply, to, srcmap);
    hash = mix(hash, <u64>(<i64>err));
    if (err == 0) hash = mix_iomap(mix_iomap(hash, to), srcmap);
  }
  if (!TRACE) store<usize>(touched_block, touched);
  return hash;
}
