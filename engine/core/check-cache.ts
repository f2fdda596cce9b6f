// SPDX-License-Identifier: MIT
import { PLAIN_NUMBERING, type Numbering } from '../kernel/codes.ts';
import type { CheckRecord } from './records.ts';
import { readCheck } from './trace.ts';

/** A record of the core in words of four bytes: two, then two for each operand. */
const RECORD_WORDS = 10;
/** How many records are remembered, as a power of two. */
const SLOTS_SHIFT = 12;

/**
 * Reads records of checks. Most calls check the same of the same: a record that is equal to one at the same place of an
 * earlier path becomes the same object, if that is remembered still. Within a path no object stands twice.
 */
export class CheckCache {
  readonly #known: (CheckRecord | undefined)[] = [];
  /** The words that these were made of; the second word, which has only the kind, is the place. */
  readonly #words = new Uint32Array(RECORD_WORDS << SLOTS_SHIFT);
  #memory: Uint32Array = new Uint32Array(0);

  /** The record at this address, which is the `place`-th of its trace; always in the same numbering. */
  read(memory: DataView, at: number, place: number, numbering: Numbering = PLAIN_NUMBERING): CheckRecord {
    if (this.#memory.buffer !== memory.buffer) this.#memory = new Uint32Array(memory.buffer);
    const words = this.#memory;
    const from = at >> 2;
    const mixed =
      words[from]! ^ words[from + 2]! ^ (words[from + 4]! << 1) ^ words[from + 6]! ^ (place << 24);
    const slot = Math.imul(mixed, 0x9e3779b1) >>> (32 - SLOTS_SHIFT);
    const old = this.#known[slot];
    const kept = slot * RECORD_WORDS;
    if (old !== undefined && this.#same(words, from, kept, place, old.operands.length)) return old;
    for (let i = 0; i < RECORD_WORDS; i++) this.#words[kept + i] = words[from + i]!;
    this.#words[kept + 1] = place;
    return (this.#known[slot] = readCheck(memory, at, numbering));
  }

  #same(words: Uint32Array, from: number, kept: number, place: number, operands: number): boolean {
    if (words[from] !== this.#words[kept] || place !== this.#words[kept + 1]) return false;
    const end = 2 + 2 * operands;
    for (let i = 2; i < end; i++) if (words[from + i] !== this.#words[kept + i]) return false;
    return true;
  }
}
