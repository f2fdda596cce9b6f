// SPDX-License-Identifier: MIT
export interface Notice {
  id: number;
  kind: 'info' | 'warning';
  text: string;
  /** What it is about; a newer notice about the same takes its place. */
  about: string;
  actions: { label: string; run: () => void }[];
}

/** More would push the page away. */
const KEPT = 2;

/** Lines about something beside the main matter; they stay until they are closed or replaced. */
export class Notices {
  #list = $state.raw<Notice[]>([]);
  #next = 1;

  get list(): Notice[] {
    return this.#list;
  }

  /** Shows a notice. Only the newest KEPT notices stay. */
  show(
    text: string,
    { kind = 'info' as Notice['kind'], actions = [] as Notice['actions'], about = text } = {},
  ): number {
    const id = this.#next++;
    const others = this.#list.filter((notice) => notice.text !== text && notice.about !== about);
    this.#list = [...others, { id, kind, text, actions, about }].slice(-KEPT);
    return id;
  }

  /** Closes what is about a matter that is settled. */
  closeAbout(about: string): void {
    this.#list = this.#list.filter((notice) => notice.about !== about);
  }

  close(id: number): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }
}
