// SPDX-License-Identifier: MIT
import { difference } from '#engine/scenario/difference.ts';

/**
 * Undo and redo over whole texts. Each entry keeps only the stretch that differs, so that a thousand edits of
 * a long document cost what was typed and not a thousand copies.
 */
interface Entry {
  label: string;
  /** Entries with the same key, one straight after the other, become one. Null never merges. */
  mergeKey: string | null;
  start: number;
  removed: string;
  inserted: string;
  /** Where the reader was, in the owner's own terms. */
  before: number;
  after: number;
}

/** Text and place that an undo or a redo leads to. */
export interface Step {
  text: string;
  place: number;
  label: string;
}

const LIMIT = 1000;

const splice = (text: string, start: number, removed: number, inserted: string) =>
  text.slice(0, start) + inserted + text.slice(start + removed);

export class History {
  #entries: Entry[] = [];
  /** How many entries are applied. */
  #applied = 0;
  #sealed = true;

  get canUndo(): boolean {
    return this.#applied > 0;
  }

  get canRedo(): boolean {
    return this.#applied < this.#entries.length;
  }

  get undoLabel(): string | null {
    return this.#entries[this.#applied - 1]?.label ?? null;
  }

  get redoLabel(): string | null {
    return this.#entries[this.#applied]?.label ?? null;
  }

  /** The next change begins a new entry, whatever its key. */
  seal(): void {
    this.#sealed = true;
  }

  /** Records a change. Returns true if it began a new entry, false if it extended the last one. */
  record(from: string, to: string, label: string, mergeKey: string | null, before: number, after: number) {
    this.#entries.length = this.#applied;
    const last = this.#entries.at(-1);
    if (last && !this.#sealed && mergeKey !== null && last.mergeKey === mergeKey) {
      const origin = splice(from, last.start, last.inserted.length, last.removed);
      Object.assign(last, difference(origin, to), { after });
      return false;
    }
    this.#entries.push({ label, mergeKey, ...difference(from, to), before, after });
    if (this.#entries.length > LIMIT) this.#entries.shift();
    this.#applied = this.#entries.length;
    this.#sealed = false;
    return true;
  }

  undo(text: string): Step | null {
    const entry = this.#entries[this.#applied - 1];
    if (!entry) return null;
    this.#applied--;
    this.#sealed = true;
    const back = splice(text, entry.start, entry.inserted.length, entry.removed);
    return { text: back, place: entry.before, label: entry.label };
  }

  /** The texts before each of the newest changes, the newest first, at most `limit`; nothing is undone. */
  past(text: string, limit: number): Step[] {
    const steps: Step[] = [];
    let here = text;
    for (const entry of this.#entries.slice(Math.max(0, this.#applied - limit), this.#applied).reverse()) {
      here = splice(here, entry.start, entry.inserted.length, entry.removed);
      steps.push({ text: here, place: entry.before, label: entry.label });
    }
    return steps;
  }

  redo(text: string): Step | null {
    const entry = this.#entries[this.#applied];
    if (!entry) return null;
    this.#applied++;
    this.#sealed = true;
    const forth = splice(text, entry.start, entry.removed.length, entry.inserted);
    return { text: forth, place: entry.after, label: entry.label };
  }
}
