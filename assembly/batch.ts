// SPDX-License-Identifier: GPL-2.0-only
import { block_device } from './block/bdev';
import { SIZEOF_IOMAP, iomap, iomap_clear } from './include/linux/iomap';
import { fuse_iomap_begin_reply } from './fs/fuse/file_iomap';
import { inode } from './fs/fuse/fuse_i';
import { trace_reset } from './trace';

/**
 * Many replies in one call, each against a machine of its own that was prepared before: for sweeps and benches.
 *
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

/**
 * Evaluates rows[indices[0]], rows[indices[1]], … and gives a checksum over the verdicts and the structs, so that
 * nothing can be left out of the work.
 */
export function batch_begin(rows: usize, indices: usize, count: u32): u64 {
  let hash = FNV_OFFSET;
  const to = changetype<iomap>(maps_block);
  const srcmap = changetype<iomap>(maps_block + SIZEOF_IOMAP);
  for (let i: u32 = 0; i < count; i++) {
    const reply = rows + <usize>load<u32>(indices + ((<usize>i) << 2)) * ROW_BYTES;
    const r = changetype<row>(reply + ROW_REPLY_BYTES);
    iomap_clear(to);
    iomap_clear(srcmap);
    trace_reset();
    const err = r.error != 0 ? r.error : fuse_iomap_begin_reply(r.inode, r.pos, r.opflags, reply, to, srcmap);
    hash = mix(hash, <u64>(<i64>err));
    if (err == 0) hash = mix_iomap(mix_iomap(hash, to), srcmap);
  }
  return hash;
}
