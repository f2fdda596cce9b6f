// SPDX-License-Identifier: GPL-2.0-only
export interface Notice {
  id: number;
  kind: 'info' | 'warning';
  text: string;
  actions: { label: string; run: () => void }[];
}

/** Lines that tell of something beside the main matter; they stay until they are closed or replaced. */
export class Notices {
  #list = $state.raw<Notice[]>([]);
  #next = 1;

  get list(): Notice[] {
    return this.#list;
  }

  /** Shows a notice; one with the same text is not shown twice. */
  show(text: string, { kind = 'info' as Notice['kind'], actions = [] as Notice['actions'] } = {}): number {
    const id = this.#next++;
    this.#list = [...this.#list.filter((notice) => notice.text !== text), { id, kind, text, actions }].slice(
      -3,
    );
    return id;
  }

  close(id: number): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }
}
