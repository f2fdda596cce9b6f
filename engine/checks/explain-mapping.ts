// SPDX-License-Identifier: MIT
/** What an accepted FUSE_IOMAP_BEGIN means: where the bytes lie, and what the mapping promises. */

import { IOMAP_F, IOMAP_OP, IOMAP_TYPE } from '../kernel/names.ts';
import type { Execution, Iomap } from '../run/types.ts';
import { count, num } from './format.ts';

const SECTOR_BYTES = 512n;

/** The operations whose accepted mapping is written to; only words depend on it. */
const FILE_WRITE = IOMAP_OP.WRITE | IOMAP_OP.ZERO | IOMAP_OP.UNSHARE;

/** One to three sentences. */
export function explainMapping(execution: Execution): string {
  const { iomap, srcmap, request } = execution;
  if (iomap === null || request === null) return 'The kernel has a mapping.';
  const { pos } = request;
  // Revisions without WRITEBACK drop the bit before they send the request.
  const main =
    srcmap !== null
      ? outOfPlace(iomap, srcmap, pos)
      : (request.opflags & (FILE_WRITE | IOMAP_OP.WRITEBACK)) !== 0
        ? overwrite(iomap, pos, request.opflags)
        : read(iomap, pos);
  return `${main} ${extent(iomap, srcmap, pos, request.count)}`;
}

function outOfPlace(to: Iomap, from: Iomap, pos: bigint): string {
  const target = `the new block goes ${destination(to, pos)}`;
  if (from.type !== IOMAP_TYPE.HOLE) {
    return `An out-of-place write: what the kernel needs of the old block ${source(from, pos)}; ${target}.`;
  }
  return `An out-of-place write over a hole: ${target}.`;
}

function source(from: Iomap, pos: bigint): string {
  switch (from.type) {
    case IOMAP_TYPE.MAPPED:
      return `it reads from ${place(from, pos)}`;
    case IOMAP_TYPE.INLINE:
      return 'it takes from the inline data';
    default:
      return 'is zeros';
  }
}

function destination(to: Iomap, pos: bigint): string {
  switch (to.type) {
    case IOMAP_TYPE.MAPPED:
    case IOMAP_TYPE.UNWRITTEN:
      return `to ${place(to, pos)}`;
    case IOMAP_TYPE.INLINE:
      return 'into the inline data';
    default:
      return 'nowhere yet: it stays in the page cache';
  }
}

function overwrite(map: Iomap, pos: bigint, opflags: number): string {
  const zeroing = (opflags & (IOMAP_OP.ZERO | IOMAP_OP.WRITE)) === IOMAP_OP.ZERO;
  if (zeroing && (map.type === IOMAP_TYPE.HOLE || map.type === IOMAP_TYPE.UNWRITTEN)) {
    return `Zeroing what already reads as zeros: byte ${num(pos)} needs no write.`;
  }
  switch (map.type) {
    case IOMAP_TYPE.MAPPED:
      return `A pure overwrite: byte ${num(pos)} is written in place, at ${place(map, pos)}.`;
    case IOMAP_TYPE.UNWRITTEN:
      return (
        `A write into allocated but unwritten blocks, at ${place(map, pos)}. They read as zeros until an ioend ` +
        `tells the server to convert them.`
      );
    case IOMAP_TYPE.INLINE:
      return 'A write into data that is stored inline, on no device.';
    case IOMAP_TYPE.DELALLOC:
      return 'A write into space that is promised but not allocated.';
    default:
      return 'A write over a hole: there is no block to write to.';
  }
}

function read(map: Iomap, pos: bigint): string {
  switch (map.type) {
    case IOMAP_TYPE.MAPPED:
      return `Byte ${num(pos)} of the file is at ${place(map, pos)}.`;
    case IOMAP_TYPE.UNWRITTEN:
      return `Byte ${num(pos)} has a block at ${place(map, pos)}, but nothing was written there: it reads as zeros.`;
    case IOMAP_TYPE.INLINE:
      return 'The data is stored inline, on no device.';
    case IOMAP_TYPE.DELALLOC:
      return 'The space is promised but not allocated: a buffered read gives zeros.';
    default:
      return `A hole: byte ${num(pos)} is on no device and reads as zero.`;
  }
}

/** `sector 2048 of vda`. */
function place(map: Iomap, pos: bigint): string {
  const device = map.bdev === null ? '' : ` of ${map.bdev}`;
  if ((map.flags & IOMAP_F.ANON_WRITE) !== 0) return `no sector${device} (ANON_WRITE)`;
  return `sector ${num(BigInt.asUintN(64, map.addr + pos - map.offset) / SECTOR_BYTES)}${device}`;
}

/** How much of what was asked for the mapping answers; srcmap limits it unless it is a hole. */
function extent(map: Iomap, from: Iomap | null, pos: bigint, asked: bigint): string {
  const ends = [map, from]
    .filter((one): one is Iomap => one !== null && (one === map || one.type !== IOMAP_TYPE.HOLE))
    .map(({ offset, length }) => offset + length);
  const covered = ends.reduce((least, end) => (end - pos < least ? end - pos : least), asked);
  if (asked === 0n) return 'No bytes were asked about.';
  if (covered >= asked) return `It answers for all ${count(asked, 'byte')} asked about.`;
  return `It answers for ${num(covered)} of ${count(asked, 'byte')}; for the rest the kernel will ask again.`;
}
