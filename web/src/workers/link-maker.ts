// SPDX-License-Identifier: MIT
import type { LinkState } from '#engine/link/types.ts';

/** A document and what a link records beside it. */
export type LinkQuestion = Omit<LinkState, 'scenario'> & { text: string };

interface Wanted {
  question: LinkQuestion;
  give: (hash: string | null) => void;
}

/** Makes links in a worker, which begins with the first; while it is busy, only the newest question waits. */
export class LinkMaker {
  #worker: Worker | null = null;
  #now: Wanted | null = null;
  #next: Wanted | null = null;

  /** The link's hash, '' if none can be made; null if a newer question took the place of this one. */
  make(question: LinkQuestion): Promise<string | null> {
    this.#next?.give(null);
    return new Promise((give) => {
      this.#next = { question, give };
      this.#go();
    });
  }

  #go(): void {
    if (this.#now || !this.#next) return;
    this.#now = this.#next;
    this.#next = null;
    this.#worker ??= this.#create();
    this.#worker.postMessage(this.#now.question);
  }

  #create(): Worker {
    const worker = new Worker(new URL('./link.worker.ts', import.meta.url), { type: 'module', name: 'link' });
    worker.onmessage = ({ data }: MessageEvent<string>) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      this.#worker = null;
      this.#hear('');
    };
    return worker;
  }

  #hear(hash: string): void {
    this.#now?.give(hash);
    this.#now = null;
    this.#go();
  }
}
