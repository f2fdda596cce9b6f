// SPDX-License-Identifier: MIT
import { drawIndices } from './rows.ts';

const FILE_BYTES = 16 << 20;
const EXTENT_BYTES = 64 << 10;
const BLOCK_BYTES = 4096;
const SEED = 20260521;
/** Bytes of a step, drawn from these: sectors and blocks; through the cache also what no block is aligned to. */
const DIRECT_BYTES = [512, 4096, 4096, 8192, 16_384];
const CACHED_BYTES = [...DIRECT_BYTES, 100, 5000];
/** Where a step may begin in its extent, so that it ends there too. */
const PLACES = (EXTENT_BYTES - Math.max(...CACHED_BYTES)) / BLOCK_BYTES + 1;

/**
 * `count` steps: a device is opened, then I/O on one file. Of ten steps five write, four read, half of both past the
 * page cache, and the last is an fsync. The server answers with the extent of the step, and to an fsync with the whole
 * file. Places and lengths are drawn, always the same.
 */
export function ioStepsDocument(count: number): object {
  const draws = drawIndices(FILE_BYTES, 3 * count, SEED);
  const draw = (at: number, below: number) => draws[at]! % below;
  const steps: object[] = [{ do: 'backing_open' }];
  for (let i = 0; steps.length < count; i++) {
    if (i % 10 === 9) {
      steps.push({ do: 'fsync', replies: mapped(0, FILE_BYTES) });
      continue;
    }
    const direct = (i & 2) !== 0;
    const lengths = direct ? DIRECT_BYTES : CACHED_BYTES;
    const extent = EXTENT_BYTES * draw(3 * i, FILE_BYTES / EXTENT_BYTES);
    const offset = extent + BLOCK_BYTES * draw(3 * i + 1, PLACES);
    const length = lengths[draw(3 * i + 2, lengths.length)];
    const replies = mapped(extent, EXTENT_BYTES);
    steps.push({ do: i % 2 === 0 ? 'pwrite' : 'pread', offset, length, direct, replies });
  }
  return { format: 1, devices: { vda: { size: FILE_BYTES } }, inodes: { a: { size: FILE_BYTES } }, steps };
}

/** Replies to as many requests as a step makes: these bytes of the file lie at the same address of the device. */
function mapped(offset: number, length: number): object[] {
  return [{ read: { type: 'MAPPED', offset, length, addr: offset, dev: 1 }, times: 100 }];
}
