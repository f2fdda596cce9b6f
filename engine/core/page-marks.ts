// SPDX-License-Identifier: MIT
import { CHUNK_BYTES, type SharedSnapshot } from './snapshot.ts';

/** As in assembly/trace.ts: how far after the trace's header the marks lie, and how long each half of them is. */
const MARKS = 19_360;
const HALF_BYTES = 8_192;
/** In the trace's header: a `fast` build never sets it, and keeps no marks. */
const AUDIT = 16;

/**
 * Which chunks of a core's memory hold pages of data alone, and which of these were written to since the last copy: see
 * assembly/mm/pages.ts. The marks are part of the memory, so what is put back brings its own.
 */
export class PageMarks {
  readonly #at: number;
  /** Where the heap begins: no page lies before it, nor in its first chunk. */
  readonly #firstChunk: number;
  /** The copy that the marks were cleared for; null if no copy is known. */
  #since: SharedSnapshot | null = null;

  /**
   * @param trace address of the trace's header
   * @param heap address of the first byte of the heap
   */
  constructor(trace: number, heap: number) {
    this.#at = trace + MARKS;
    this.#firstChunk = Math.floor(heap / CHUNK_BYTES) + 1;
  }

  /** Null for a core that keeps no marks; to be asked while the audit is on. */
  static of(memory: DataView, trace: number, heap: number): PageMarks | null {
    return memory.getUint32(trace + AUDIT, true) === 0 ? null : new PageMarks(trace, heap);
  }

  get since(): SharedSnapshot | null {
    return this.#since;
  }

  /** The memory is now as it was when this copy was made; null for one that is not known. */
  restored(copy: SharedSnapshot | null): void {
    this.#since = copy;
  }

  /** Copies the memory by `take`, which is told which chunks are as they are in `before`, and clears the marks. */
  copy(
    memory: Uint8Array,
    before: SharedSnapshot | null,
    take: (same: (chunk: number) => boolean) => SharedSnapshot,
  ): SharedSnapshot {
    const known = before !== null && before === this.#since;
    const marks = memory.slice(this.#at, this.#at + 2 * HALF_BYTES);
    memory.fill(0, this.#at + HALF_BYTES, this.#at + 2 * HALF_BYTES);
    const same = (chunk: number): boolean => {
      const byte = chunk >> 3;
      const looked = marks[byte]! | marks[HALF_BYTES + byte]!;
      return known && chunk >= this.#firstChunk && ((looked >> (chunk & 7)) & 1) === 0;
    };
    return (this.#since = take(same));
  }
}
