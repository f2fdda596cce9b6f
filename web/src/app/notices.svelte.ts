// SPDX-License-Identifier: MIT
import { clean } from '#engine/kernel/clean.ts';
import { Leaving } from './leaving.ts';

export interface Notice {
  id: number;
  /** A warning says what went wrong. */
  kind: 'info' | 'warning';
  text: string;
  /** What it is about; a newer notice about the same takes its place. */
  about: string;
  actions: { label: string; run: () => void }[];
  /** Whether it stays until it is closed or replaced, as a warning does. */
  stays: boolean;
  /** Over the timeline, or above the verdict that it is about. */
  place: 'timeline' | 'verdict';
}

/** More would push the page away. */
const KEPT = 2;

/**
 * Lines about something beside the main matter. An info leaves by itself when there was time to read it; one that offers
 * something waits until the reader has gone on without it, and only then for that time.
 */
export class Notices {
  #list = $state.raw<Notice[]>([]);
  #next = 1;
  readonly #leaving = new Leaving((id) => this.close(id));

  get list(): Notice[] {
    return this.#list;
  }

  /**
   * Shows a notice; names of files and scenarios may stand in it as they are. Only the newest KEPT notices stay.
   * @param stays until it is closed or replaced
   */
  show(
    text: string,
    {
      kind = 'info' as Notice['kind'],
      actions = [] as Notice['actions'],
      about = text,
      stays = false,
      place = 'timeline' as Notice['place'],
    } = {},
  ): number {
    const lasts = stays || kind === 'warning';
    const id = this.#next++;
    const words = clean(text);
    const others = this.#list.filter((notice) => notice.text !== words && notice.about !== about);
    this.#keep([...others, { id, kind, text: words, actions, about, stays: lasts, place }].slice(-KEPT));
    if (!lasts && actions.length === 0) this.#leaving.begin(id, words);
    return id;
  }

  /** Closes what is about a matter that is settled. */
  closeAbout(about: string): void {
    this.#keep(this.#list.filter((notice) => notice.about !== about));
  }

  close(id: number): void {
    this.#keep(this.#list.filter((notice) => notice.id !== id));
  }

  /** The reader went on: what was offered before is over soon. */
  wentOn(): void {
    for (const { id, text, stays } of this.#list) if (!stays) this.#leaving.begin(id, text);
  }

  /** Nothing leaves while it is held. */
  hold(held: boolean): void {
    this.#leaving.hold(held);
  }

  #keep(list: Notice[]): void {
    for (const { id } of this.#list) if (!list.some((notice) => notice.id === id)) this.#leaving.forget(id);
    this.#list = list;
  }
}
