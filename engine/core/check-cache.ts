// SPDX-License-Identifier: MIT
import type { CheckRecord } from './records.ts';
import { readCheck } from './trace.ts';

/** A record of the core in words of four bytes: two, then two for each operand. */
const RECORD_WORDS = 10;
/** How many records are remembered for each place in a path. */
const WAYS = 64;

/**
 * Reads records of checks. Most calls check the same of the same: a record that is equal to one at the same place of an
 * earlier path becomes the same object. Within a path no object stands twice.
 */
export class CheckCache {
  readonly #known: (CheckRecord | undefined)[] = [];
  /** The words that these were made of. */
  #words = new Uint32Array(0);
  #memory: Uint32Array = new Uint32Array(0);

  /** The record at this address, which is the `place`-th of its trace. */
  read(memory: DataView, at: number, place: number): CheckRecord {
    if (this.#memory.buffer !== memory.buffer) this.#memory = new Uint32Array(memory.buffer);
    const words = this.#memory;
    const from = at >> 2;
    // Operands are positions and lengths, mostly of whole blocks: the lower bits of one are like those of another.
    const mixed = Math.imul(
      words[from]! ^ words[from + 2]! ^ words[from + 4]! ^ words[from + 6]!,
      0x9e3779b1,
    );
    const slot = place * WAYS + (mixed >>> 26);
    const old = this.#known[slot];
    const kept = slot * RECORD_WORDS;
    if (old !== undefined && this.#same(words, from, kept, 2 + 2 * old.operands.length)) return old;
    this.#room(kept + RECORD_WORDS);
    for (let i = 0; i < RECORD_WORDS; i++) this.#words[kept + i] = words[from + i]!;
    return (this.#known[slot] = readCheck(memory, at));
  }

  #same(words: Uint32Array, from: number, kept: number, count: number): boolean {
    for (let i = 0; i < count; i++) if (words[from + i] !== this.#words[kept + i]) return false;
    return true;
  }

  #room(words: number): void {
    if (words <= this.#words.length) return;
    const grown = new Uint32Array(2 * words);
    grown.set(this.#words);
    this.#words = grown;
  }
}
