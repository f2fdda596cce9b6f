// SPDX-License-Identifier: MIT
import type { WordId } from './ids.ts';

/** What an author writes of a word. In all texts `…` is code, and code that names a word leads to it. */
export interface Written {
  /** Other words under which it is found. */
  also?: readonly string[];
  /** One sentence of at most 30 words. */
  sentence: string;
  /** A paragraph with a number or a case in it. */
  more: string;
  /** Where it is in a message; left out where the id says it, or where it is in none. */
  wire?: string;
  /** The kernel's names for it, and its functions. */
  kernel: string;
  see: readonly WordId[];
}

/** An entry of the glossary. */
export interface Word extends Written {
  id: WordId;
  /** As the kernel or the page writes it. */
  title: string;
  /** What kind of word it is, in a word or two. */
  kind: string;
  wire: string;
  also: readonly string[];
}
