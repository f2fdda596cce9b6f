// SPDX-License-Identifier: MIT
import { applyDiff, type RejectedHunk } from '#engine/core-edit/apply-diff.ts';
import { changedLines, makeDiff } from '#engine/core-edit/diff.ts';
import { editedLines } from '#engine/core-edit/read-diff.ts';
import type { CoreEdit, Sources } from '#engine/core-edit/types.ts';
import { DEFAULT_REVISION, REVISIONS, type Revision } from '#engine/kernel/features.ts';
import { keepEdit } from './kept-edit.ts';
import { MAIN, SHIPPED, placeOfCheck, type Place } from './sources.ts';

/** Where the editor should go. */
type Goal = Place & { column: number };

/** The texts of an edit: the files as they are now, the diff that they make, and which of them is in view. */
export class EditedTexts {
  #revision = $state.raw<Revision>(DEFAULT_REVISION);
  /** The files that differ from the shipped ones. */
  #edited = $state.raw<Sources>({});
  #before = $state.raw<{ label: string; texts: Sources } | null>(null);
  #file = $state.raw(MAIN);
  #goal = $state.raw<Goal | null>(null);
  #diff = $state.raw('');
  #rejected = $state.raw<RejectedHunk[]>([]);
  #changed: (written: boolean) => void;

  /** @param changed called at each change of a text or of the revision, with whether the reader wrote or applied it */
  constructor(changed: (written: boolean) => void) {
    this.#changed = changed;
  }

  get revision(): Revision {
    return this.#revision;
  }
  get file(): string {
    return this.#file;
  }
  /** Where the editor should go; the editor takes it once. */
  get goal(): Goal | null {
    return this.#goal;
  }
  /** The edit as a unified diff; '' if there is none. It is as of the last settle(). */
  get diff(): string {
    return this.#diff;
  }
  get lines(): number {
    return changedLines(this.#diff);
  }
  /** The hunks of the last diff that did not apply. */
  get rejected(): RejectedHunk[] {
    return this.#rejected;
  }
  /** What the last change of whole files replaced. */
  get undoLabel(): string | null {
    return this.#before?.label ?? null;
  }
  /** No file differs. */
  get shipped(): boolean {
    return Object.keys(this.#edited).length === 0;
  }
  /** Every file of the core. */
  get all(): Sources {
    return { ...SHIPPED, ...this.#edited };
  }

  text(path: string): string {
    return this.#edited[path] ?? SHIPPED[path] ?? '';
  }

  isEdited(path: string): boolean {
    return Object.hasOwn(this.#edited, path);
  }

  setRevision(revision: Revision): void {
    this.#revision = revision;
    this.#changed(false);
  }

  open(path: string, line?: number, column = 1): void {
    this.#file = path;
    this.#goal = line === undefined ? null : { path, line, column };
  }

  openCheck(check: string): void {
    const place = placeOfCheck(check);
    if (place) this.open(place.path, this.#lineNow(place));
  }

  reached(): void {
    this.#goal = null;
  }

  setText(path: string, text: string): void {
    if (text === this.text(path)) return;
    this.#before = null;
    this.#set({ ...this.#edited, [path]: text }, true);
  }

  /** Back to the shipped text, of one file or of all. */
  reset(path?: string): void {
    const { [path ?? '']: _, ...others } = this.#edited;
    this.#replace(path === undefined ? {} : others, 'Back to the shipped text.');
  }

  undo(): void {
    if (this.#before) this.#set(this.#before.texts);
    this.#before = null;
  }

  /** Applies a diff to the current texts. Returns the number of hunks that applied. */
  apply(diff: string): number {
    const { files, applied, rejected } = applyDiff(this.all, diff);
    this.#rejected = rejected;
    if (applied > 0) {
      this.#replace({ ...this.#edited, ...files }, 'The diff was applied.', true);
      this.#openFirst(files);
    }
    return applied;
  }

  /** Replaces this edit by another. */
  take({ revision, diff }: CoreEdit): void {
    const { files, rejected } = applyDiff(SHIPPED, diff);
    this.#revision = REVISIONS.find((name) => name === revision) ?? this.#revision;
    this.#rejected = rejected;
    this.#replace(files, 'An edit took the place of yours.');
    this.#openFirst(files);
  }

  /** Updates the diff, and what is kept for a reload, from the texts. */
  settle(): void {
    this.#diff = makeDiff(SHIPPED, this.#edited);
    keepEdit(this.#diff === '' ? null : { revision: this.#revision, diff: this.#diff });
  }

  #replace(texts: Sources, label: string, written = false): void {
    const before = this.#edited;
    this.#set(texts, written);
    const lost = Object.keys(before).some((path) => before[path] !== this.text(path));
    this.#before = lost ? { label, texts: before } : null;
  }

  #set(texts: Sources, written = false): void {
    this.#edited = Object.fromEntries(Object.entries(texts).filter(([path, text]) => text !== SHIPPED[path]));
    this.#changed(written);
  }

  /** Opens the first of these files where it differs. */
  #openFirst(files: Sources): void {
    const [path] = Object.keys(files);
    if (path !== undefined) this.open(path, editedLines(makeDiff(SHIPPED, this.#edited), path)[0]);
  }

  /** The line of a shipped place in the current text: lines before it may have been added or removed. */
  #lineNow({ path, line }: Place): number {
    const wanted = SHIPPED[path]!.split('\n')[line - 1];
    const now = this.text(path)
      .split('\n')
      .indexOf(wanted ?? '');
    return now < 0 ? line : now + 1;
  }
}
