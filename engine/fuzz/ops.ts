// SPDX-License-Identifier: MIT
import type { Random } from './random.ts';

/** One random operation on the file. Positions and lengths in bytes. */
export type Op =
  | { do: 'pread'; direct: boolean; pos: number; length: number }
  | { do: 'pwrite'; direct: boolean; pos: number; length: number; fill: number }
  | { do: 'truncate'; size: number; free: boolean }
  | { do: 'fzero'; pos: number; length: number; keepSize: boolean }
  | { do: 'funshare'; pos: number; length: number }
  | { do: 'fsync' };

export interface OpLimits {
  /** The file never gets larger. */
  maxBytes: number;
  blockSize: number;
  logicalBlockSize: number;
}

/** A place in the file: near its start, a block's edge, or anywhere. */
function position(random: Random, { maxBytes, blockSize }: OpLimits): number {
  const at = random.below(maxBytes);
  if (random.oneIn(3)) return at - (at % blockSize);
  return random.oneIn(4) ? Math.max(0, at - (at % blockSize) - 1) : at;
}

function length(random: Random, limits: OpLimits): number {
  const scale = random.pick([16, limits.blockSize, 3 * limits.blockSize, limits.maxBytes]);
  return random.between(1, scale);
}

function drawOp(random: Random, limits: OpLimits): Op {
  const { maxBytes, logicalBlockSize } = limits;
  const pos = position(random, limits);
  const bytes = Math.min(length(random, limits), maxBytes - pos);
  switch (random.below(16)) {
    case 0:
      return { do: 'truncate', size: random.oneIn(2) ? pos : pos + bytes, free: random.oneIn(2) };
    case 1:
      return { do: 'fzero', pos, length: bytes, keepSize: random.oneIn(2) };
    case 2:
      return { do: 'funshare', pos, length: bytes };
    case 3:
    case 4:
      return { do: 'fsync' };
    default: {
      const direct = random.oneIn(2);
      // A direct request off the grid is refused as a whole: now and then.
      const grid = direct && !random.oneIn(20) ? logicalBlockSize : 1;
      const at = pos - (pos % grid);
      const length = Math.min(Math.ceil(bytes / grid) * grid, maxBytes - at);
      if (random.oneIn(2)) return { do: 'pread', direct, pos: at, length };
      return { do: 'pwrite', direct, pos: at, length, fill: random.below(1 << 24) };
    }
  }
}

export function drawOps(random: Random, count: number, limits: OpLimits): Op[] {
  return Array.from({ length: count }, () => drawOp(random, limits));
}

/** What a pwrite writes: no zeros, and no two writes alike. */
export function bytesOf(op: { fill: number; length: number; pos: number }): Uint8Array {
  const bytes = new Uint8Array(op.length);
  for (let i = 0; i < op.length; i++)
    bytes[i] = 1 + ((op.fill + (op.pos + i) * 7 + ((op.pos + i) >> 8)) % 255);
  return bytes;
}
