// SPDX-License-Identifier: MIT
import { parseDocument, type ParsedDocument } from '#engine/scenario/parse.ts';
import { reparse } from '#engine/scenario/reparse.ts';
import { History, type Step } from './history.ts';
import type { JsonValue } from '#engine/scenario/path.ts';

export interface DocumentChange {
  text: string;
  label: string;
  /** False while typing extends the newest entry of the history. */
  newEntry: boolean;
  /** The place to show now; null leaves the reader where they are. */
  place: number | null;
  /** load: another document took the place of this one. */
  kind: 'edit' | 'undo' | 'redo' | 'load';
}

export interface ChangeOptions {
  /** Changes with the same key, one after the other, become one entry of the history. */
  merge?: string | null;
  /** The step to show with the change; left out, the chosen one stays. */
  place?: number | null;
}

type Listener = (change: DocumentChange) => void;

/**
 * The document: its text is the truth, everything else is read from it. Every change, from a key in the editor
 * to a loaded example, goes through one gateway, which also feeds the history.
 */
export class DocumentStore {
  #parsed = $state.raw<ParsedDocument>(parseDocument('{"format":1,"steps":[]}'));
  /** The document's value, or the last it had while its text is not JSON. */
  #readable = $state.raw<JsonValue>(null);
  /** Counts changes, so that reads of the history are reactive. */
  #version = $state.raw(0);
  #history = new History();
  #listeners: Listener[] = [];
  /** Returns the place to come back to when a change is undone. */
  place: () => number = () => 0;

  get text(): string {
    return this.#parsed.text;
  }

  get parsed(): ParsedDocument {
    return this.#parsed;
  }

  /** What the page shows while the text is not JSON: the value that it had before. */
  get readable(): JsonValue {
    return this.#readable;
  }

  get version(): number {
    return this.#version;
  }

  get canUndo(): boolean {
    return this.#version >= 0 && this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#version >= 0 && this.#history.canRedo;
  }

  get undoLabel(): string | null {
    return this.#version >= 0 ? this.#history.undoLabel : null;
  }

  get redoLabel(): string | null {
    return this.#version >= 0 ? this.#history.redoLabel : null;
  }

  /** Calls `listener` with every change from now on. Returns a function that stops it. */
  subscribe(listener: Listener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => (this.#listeners = this.#listeners.filter((other) => other !== listener));
  }

  /** The first text of a visit: nothing to undo to. */
  start(text: string): void {
    this.#history = new History();
    this.#set(parseDocument(text), { label: 'open', newEntry: true, place: null, kind: 'load' });
  }

  /** A new text as a whole: typed in the editor (with a key to merge by), or loaded. */
  setText(text: string, label: string, options: ChangeOptions & { kind?: 'load' | 'edit' } = {}): void {
    this.change(reparse(this.#parsed, text), label, { kind: 'load', ...options });
  }

  /** A text that was parsed already takes the place of this one. */
  change(
    parsed: ParsedDocument,
    label: string,
    options: ChangeOptions & { kind?: 'load' | 'edit' } = {},
  ): void {
    if (parsed.text === this.text) return;
    const here = this.place();
    const { merge = null, place = null, kind = 'edit' } = options;
    const newEntry = this.#history.record(this.text, parsed.text, label, merge, here, place ?? here);
    this.#set(parsed, { label, newEntry, place, kind });
  }

  /** What came before stays an entry of its own: a field was left, a pause was made. */
  seal(): void {
    this.#history.seal();
  }

  /** What stood here before each of the newest changes, the newest first. */
  past(limit: number): Step[] {
    return this.#version >= 0 ? this.#history.past(this.text, limit) : [];
  }

  undo(): void {
    const step = this.#history.undo(this.text);
    if (step) this.#set(reparse(this.#parsed, step.text), { ...step, newEntry: true, kind: 'undo' });
  }

  redo(): void {
    const step = this.#history.redo(this.text);
    if (step) this.#set(reparse(this.#parsed, step.text), { ...step, newEntry: true, kind: 'redo' });
  }

  #set(parsed: ParsedDocument, change: Omit<DocumentChange, 'text'>) {
    this.#parsed = parsed;
    if (parsed.value !== null || change.kind === 'load') this.#readable = parsed.value;
    this.#version++;
    for (const listener of this.#listeners) listener({ text: parsed.text, ...change });
  }
}
