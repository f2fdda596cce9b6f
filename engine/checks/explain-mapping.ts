// SPDX-License-Identifier: MIT
/** What an accepted FUSE_IOMAP_BEGIN means: where the bytes lie, and what the mapping promises. */

import { IOMAP_F, IOMAP_OP, IOMAP_TYPE } from '../kernel/names.ts';
import type { Execution, Iomap } from '../run/types.ts';
import { count, num } from './format.ts';

const SECTOR_BYTES = 512n;

/** The operations whose accepted mapping is written to; only words depend on it. */
const FILE_WRITE = IOMAP_OP.WRITE | IOMAP_OP.ZERO | IOMAP_OP.UNSHARE;

/** The sentences, by what they claim. tests/property/sentence-claims.ts holds each against I/O that is run. */
export type MappingSentence =
  | 'asked'
  | 'direct-elsewhere'
  | 'direct-nowhere'
  | 'elsewhere'
  | 'elsewhere-over-hole'
  | 'no-zeroing'
  | 'no-unsharing'
  | 'unsharing'
  | 'write-in-place'
  | 'write-unwritten'
  | 'write-nowhere'
  | 'read-place'
  | 'read-new'
  | 'read-zeros'
  | 'read-nowhere'
  | 'answers-all'
  | 'answers-part'
  | 'answers-nothing';

/** One sentence about a mapping, or two: the second explains the first. */
export interface Said {
  id: MappingSentence;
  text: string;
}

/** One to three sentences. */
export const explainMapping = (execution: Execution): string =>
  mappingSentences(execution)
    .map(({ text }) => text)
    .join(' ');

/** What explainMapping() says, sentence by sentence. */
export function mappingSentences({
  iomap,
  srcmap,
  request,
}: Pick<Execution, 'iomap' | 'srcmap' | 'request'>): Said[] {
  if (iomap === null || request === null) return [{ id: 'asked', text: 'The kernel has a mapping.' }];
  const { pos, opflags } = request;
  // Revisions without WRITEBACK drop the bit before they send the request.
  const writes = (opflags & (FILE_WRITE | IOMAP_OP.WRITEBACK)) !== 0;
  const main = writes ? write(iomap, srcmap, pos, opflags) : read(iomap, pos, opflags);
  return [main, extent(iomap, srcmap, pos, request.count)];
}

function write(to: Iomap, from: Iomap | null, pos: bigint, opflags: number): Said {
  if ((opflags & IOMAP_OP.UNSHARE) !== 0) return unshare(to, from, pos);
  // The iomap layer uses iomap as the source if srcmap is a hole.
  const source = from === null || from.type === IOMAP_TYPE.HOLE ? to : from;
  const zeroing = (opflags & (IOMAP_OP.ZERO | IOMAP_OP.WRITE)) === IOMAP_OP.ZERO;
  if (zeroing && (source.type === IOMAP_TYPE.HOLE || source.type === IOMAP_TYPE.UNWRITTEN)) {
    const text = `Zeroing what already reads as zeros: byte ${num(pos)} needs no write.`;
    return { id: 'no-zeroing', text };
  }
  if (from === null) return overwrite(to, pos);
  if ((opflags & (IOMAP_OP.DIRECT | IOMAP_OP.WRITEBACK)) !== 0) return written(to, pos, opflags);
  const target = `the new block goes ${destination(to, pos)}`;
  return from.type === IOMAP_TYPE.HOLE
    ? { id: 'elsewhere-over-hole', text: `An out-of-place write over a hole: ${target}.` }
    : {
        id: 'elsewhere',
        text: `An out-of-place write: what the kernel needs of the old block ${origin(from, pos)}; ${target}.`,
      };
}

/** Direct I/O and writeback look at iomap alone. */
function written(to: Iomap, pos: bigint, opflags: number): Said {
  const what =
    (opflags & IOMAP_OP.DIRECT) !== 0 ? 'A direct out-of-place write' : 'Writing back out of place';
  const placed = to.type === IOMAP_TYPE.MAPPED || to.type === IOMAP_TYPE.UNWRITTEN;
  return placed
    ? {
        id: 'direct-elsewhere',
        text: `${what}: the bytes go to ${place(to, pos)}; nothing of the old block is read or copied.`,
      }
    : { id: 'direct-nowhere', text: `${what}, but the new mapping has no block to write to.` };
}

function unshare(to: Iomap, from: Iomap | null, pos: bigint): Said {
  if (from?.type !== IOMAP_TYPE.MAPPED || (to.flags & IOMAP_F.SHARED) === 0) {
    const text = 'Nothing to unshare: that takes a MAPPED old block, and a new mapping that is SHARED.';
    return { id: 'no-unsharing', text };
  }
  const text = `Unsharing: the old block ${origin(from, pos)}; the new block goes ${destination(to, pos)}.`;
  return { id: 'unsharing', text };
}

function origin(from: Iomap, pos: bigint): string {
  if (from.type === IOMAP_TYPE.INLINE) return 'is inline, on no device';
  const stored = from.type === IOMAP_TYPE.MAPPED && (from.flags & IOMAP_F.NEW) === 0;
  return stored ? `it reads from ${place(from, pos)}` : 'is zeros';
}

function destination(to: Iomap, pos: bigint): string {
  const placed = to.type === IOMAP_TYPE.MAPPED || to.type === IOMAP_TYPE.UNWRITTEN;
  return placed ? `to ${place(to, pos)}` : 'to no device';
}

function overwrite(map: Iomap, pos: bigint): Said {
  switch (map.type) {
    case IOMAP_TYPE.MAPPED:
      return {
        id: 'write-in-place',
        text: `A pure overwrite: byte ${num(pos)} keeps its place, ${place(map, pos)}.`,
      };
    case IOMAP_TYPE.UNWRITTEN:
      return {
        id: 'write-unwritten',
        text:
          `A write into allocated but unwritten blocks, at ${place(map, pos)}. They read as zeros until an ioend ` +
          `tells the server to convert them.`,
      };
    case IOMAP_TYPE.INLINE:
      return { id: 'write-nowhere', text: 'A write into data that is stored inline, on no device.' };
    case IOMAP_TYPE.DELALLOC:
      return { id: 'write-nowhere', text: 'A write into space that is promised but not allocated.' };
    default:
      return { id: 'write-nowhere', text: 'A write over a hole: there is no block to write to.' };
  }
}

function read(map: Iomap, pos: bigint, opflags: number): Said {
  switch (map.type) {
    case IOMAP_TYPE.MAPPED: {
      const isNew = (map.flags & IOMAP_F.NEW) !== 0 && (opflags & (IOMAP_OP.DIRECT | IOMAP_OP.REPORT)) === 0;
      return isNew
        ? {
            id: 'read-new',
            text: `Byte ${num(pos)} has a new block at ${place(map, pos)}: a buffered read returns zeros.`,
          }
        : { id: 'read-place', text: `Byte ${num(pos)} of the file is at ${place(map, pos)}.` };
    }
    case IOMAP_TYPE.UNWRITTEN: {
      const text = `Byte ${num(pos)} has a block at ${place(map, pos)}, but nothing was written there: it reads as zeros.`;
      return { id: 'read-zeros', text };
    }
    case IOMAP_TYPE.INLINE:
      return { id: 'read-nowhere', text: 'The data is stored inline, on no device.' };
    case IOMAP_TYPE.DELALLOC:
      return {
        id: 'read-nowhere',
        text: 'The space is promised but not allocated: a buffered read returns zeros.',
      };
    default:
      return { id: 'read-zeros', text: `A hole: byte ${num(pos)} is on no device and reads as zero.` };
  }
}

/** `sector 2048 of vda`. */
function place(map: Iomap, pos: bigint): string {
  const device = map.bdev === null ? '' : ` of ${map.bdev}`;
  if ((map.flags & IOMAP_F.ANON_WRITE) !== 0) return `no sector${device} (ANON_WRITE)`;
  return `sector ${num(BigInt.asUintN(64, map.addr + pos - map.offset) / SECTOR_BYTES)}${device}`;
}

/** How much of the requested range the mapping covers; srcmap limits it unless it is a hole. */
function extent(map: Iomap, from: Iomap | null, pos: bigint, asked: bigint): Said {
  const ends = [map, from]
    .filter((one): one is Iomap => one !== null && (one === map || one.type !== IOMAP_TYPE.HOLE))
    .map(({ offset, length }) => offset + length);
  const covered = ends.reduce((least, end) => (end - pos < least ? end - pos : least), asked);
  if (asked === 0n) return { id: 'answers-nothing', text: 'No bytes were asked about.' };
  if (covered >= asked) {
    return { id: 'answers-all', text: `It answers for all ${count(asked, 'byte')} asked about.` };
  }
  const told = `It answers for ${num(covered)} of ${count(asked, 'byte')}`;
  return { id: 'answers-part', text: `${told}; if they go well, the kernel will ask again for the rest.` };
}
