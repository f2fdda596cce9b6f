// SPDX-License-Identifier: MIT
import type { Stage } from '#engine/import/import-any.ts';
import type { ReadFor } from '#engine/view/reading-protocol.ts';
import { Reader, type Outcome } from '../workers/reader.ts';

/** A text that is being read. */
export interface Reading {
  /** What it is to the reader: a file's name, or `the text`. */
  name: string;
  lengthChars: number;
  /** Null until the reader has loaded. */
  stage: Stage | null;
}

/** Reads what people paste, drop or open. Reading.svelte shows how far it is, and cancels it. */
export class ReadingStore {
  #reader = new Reader();
  #now = $state.raw<Reading | null>(null);
  #count = 0;

  /** What is being read; null if nothing is. */
  get now(): Reading | null {
    return this.#now;
  }

  /** @param name what the text is to the reader */
  async read<For extends ReadFor>(readFor: For, text: string, name = 'the text'): Promise<Outcome<For>> {
    const count = ++this.#count;
    const tell = (stage: Stage | null) => {
      if (count === this.#count) this.#now = { name, lengthChars: text.length, stage };
    };
    tell(null);
    const outcome = await this.#reader.read(readFor, text, tell);
    if (count === this.#count) this.#now = null;
    return outcome;
  }

  /** Ends what is being read. */
  cancel(): void {
    this.#count++;
    this.#now = null;
    this.#reader.cancel();
  }
}
