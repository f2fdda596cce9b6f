// SPDX-License-Identifier: MIT
import type { Unfinished } from './answering-core.ts';
import { readLocal, readSession, writeLocal, writeSession } from './storage.ts';

const KEY = 'unfinished';
const KEPT = 8;

/** FNV-1a over UTF-16 units: enough to recognise a text. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${text.length}.${(hash >>> 0).toString(36)}`;
}

/**
 * The texts whose run did not end: in this tab's storage, and in the common one too, so that neither a reload
 * nor the recovery of a closed tab starts one of them by itself.
 */
export class UnfinishedRuns implements Unfinished {
  #texts: string[];

  constructor() {
    this.#texts = (readSession(KEY) ?? readLocal(KEY) ?? '').split(' ').filter((text) => text !== '');
  }

  mark(text: string): void {
    const mark = fingerprint(text);
    this.#write([mark, ...this.#texts.filter((other) => other !== mark)].slice(0, KEPT));
  }

  clear(text: string): void {
    if (this.has(text)) this.#write(this.#texts.filter((other) => other !== fingerprint(text)));
  }

  has(text: string): boolean {
    return this.#texts.length > 0 && this.#texts.includes(fingerprint(text));
  }

  #write(texts: string[]): void {
    this.#texts = texts;
    writeSession(KEY, texts.join(' '));
    writeLocal(KEY, texts.join(' '));
  }
}
