// SPDX-License-Identifier: GPL-2.0-only
import { IOMAP_HOLE, iomap } from '../../include/linux/iomap';

/**
 * iomap_length(): how many of `len` bytes at `pos` can be worked on with these mappings at once. The source
 * mapping limits only if it is one.
 */
export function iomap_length(to: iomap, srcmap: iomap, pos: i64, len: i64): i64 {
  let end = <u64>to.offset + to.length;
  if (srcmap.type != IOMAP_HOLE) end = min<u64>(end, <u64>srcmap.offset + srcmap.length);
  return <i64>min<u64>(<u64>len, end - <u64>pos);
}
