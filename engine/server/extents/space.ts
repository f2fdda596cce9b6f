// SPDX-License-Identifier: MIT
/** Which bytes of a device nothing is on: the lowest that are free are given first. */

/** Bytes of a device. */
export interface Span {
  start: bigint;
  end: bigint;
}

export class Space {
  /** Ascending, without overlaps. */
  #free: Span[];

  /** @param used in any order, and overlapping where blocks are shared */
  constructor(sizeBytes: bigint, used: readonly Span[]) {
    this.#free = [];
    let at = 0n;
    const sorted = [...used].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
    for (const { start, end } of sorted) {
      if (start > at) this.#free.push({ start: at, end: start < sizeBytes ? start : sizeBytes });
      if (end > at) at = end;
      if (at >= sizeBytes) break;
    }
    if (at < sizeBytes) this.#free.push({ start: at, end: sizeBytes });
  }

  /**
   * Takes up to so many bytes in one piece, in whole blocks, from the first place that has room for a block; null if none has.
   */
  take(bytes: bigint, blockSizeBytes: bigint): Span | null {
    for (const [i, { start, end }] of this.#free.entries()) {
      const first = roundUp(start, blockSizeBytes);
      const room = roundDown(end, blockSizeBytes) - first;
      if (room < blockSizeBytes) continue;
      const taken = { start: first, end: first + (room < bytes ? room : bytes) };
      const rest = [
        { start, end: first },
        { start: taken.end, end },
      ].filter((span) => span.start < span.end);
      this.#free.splice(i, 1, ...rest);
      return taken;
    }
    return null;
  }
}

export const roundDown = (bytes: bigint, unit: bigint): bigint => bytes - (bytes % unit);
export const roundUp = (bytes: bigint, unit: bigint): bigint => roundDown(bytes + unit - 1n, unit);
