// SPDX-License-Identifier: MIT
import { readSession, writeSession } from '../boot/storage.ts';

const KEY = 'trusted-code';
/** How many texts are known, and how many a reload of the tab finds again. */
const KNOWN = 100;
const KEPT = 5;

/**
 * The code that may run without a click. Whole texts, not digests: a digest that is short enough to be made here
 * could be met by another text.
 */
export class TrustedCode {
  #texts: string[] = kept();

  has(code: string): boolean {
    return this.#texts.includes(code);
  }

  add(code: string): void {
    this.#texts = [code, ...this.#texts.filter((other) => other !== code)].slice(0, KNOWN);
    writeSession(KEY, JSON.stringify(this.#texts.slice(0, KEPT)));
  }
}

function kept(): string[] {
  try {
    const texts: unknown = JSON.parse(readSession(KEY) ?? '[]');
    return Array.isArray(texts) ? texts.filter((text) => typeof text === 'string') : [];
  } catch {
    return [];
  }
}
