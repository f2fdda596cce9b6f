// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';

/** Remembers texts whose run did not end, so that a visit does not begin by hanging. */
export interface Unfinished {
  mark(text: string): void;
  clear(text: string): void;
  has(text: string): boolean;
}

/** An edited core that answers in place of the shipped one. */
export interface AnsweringCore {
  revision: Revision;
  module: WebAssembly.Module;
  /** How many lines of its source differ. */
  lines: number;
}

/** Remembers nothing: what an edited core does with a text says nothing about the text. */
export const FORGETFUL: Unfinished = { mark: () => {}, clear: () => {}, has: () => false };
