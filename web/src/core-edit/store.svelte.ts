// SPDX-License-Identifier: GPL-2.0-only
import { matrixOf, type Matrix } from '../../../engine/compare/matrix.ts';
import { applyDiff, type Misfit } from '../../../engine/core-edit/apply-diff.ts';
import { changedLines, makeDiff } from '../../../engine/core-edit/diff.ts';
import { editedLines } from '../../../engine/core-edit/read-diff.ts';
import type { CoreEdit } from '../../../engine/core-edit/types.ts';
import { REVISIONS, type Revision } from '../../../engine/scenario/schema.ts';
import type { NamedText } from '../worker/search-protocol.ts';
import { fetchCore } from '../worker/cores.ts';
import { Compiler, type BuildResult, type Stage } from './compiler.ts';
import type { BuiltCore } from './compiler.worker.ts';
import { keepEdit, keptEdit } from './kept.ts';
import { problemsOf, type Problem } from './problems.ts';
import { MAIN, SETTINGS, SHIPPED, placeOfCheck, type Place } from './sources.ts';
import { Trial, type TrialState } from './trial.ts';
import { EDITED } from './trial-protocol.ts';

/** A core that was built out of an edit. */
export interface EditedCore extends BuiltCore {
  revision: Revision;
  /** What it was built of: newer text is not in it. */
  diff: string;
  /** Its bytes are those of the shipped core. */
  same: boolean;
}

/** After this pause in typing the core is built. */
const PAUSE_MS = 700;

type Texts = Readonly<Record<string, string>>;

const newTrialWorker = () =>
  new Worker(new URL('./trial.worker.ts', import.meta.url), { type: 'module', name: 'trial' });

/** The edit of the core, what the compiler says of it, and what becomes of the scenarios. */
export class CoreEditStore {
  #revision = $state.raw<Revision>('v6-04');
  /** The files that differ from the shipped ones. */
  #edited = $state.raw<Texts>({});
  #before = $state.raw<{ label: string; texts: Texts } | null>(null);
  #file = $state.raw(MAIN);
  #goal = $state.raw<(Place & { column: number }) | null>(null);
  #diff = $state.raw('');
  #stage = $state.raw<Stage>(null);
  #problems = $state.raw<Problem[]>([]);
  #trouble = $state.raw<string | null>(null);
  #core = $state.raw<EditedCore | null>(null);
  #trial = $state.raw<TrialState | null>(null);
  #misfits = $state.raw<Misfit[]>([]);
  /** Why nothing is built yet, though there is an edit: it came from a link, or out of an earlier visit. */
  #held = $state.raw<string | null>(null);
  #wanted = false;
  #running: Trial | null = null;
  #built: { revision: Revision; diff: string } | null = null;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #compiler = new Compiler(
    (stage) => (this.#stage = stage),
    (result) => void this.#hear(result),
  );
  /** Gives the scenarios to try an edit on. */
  scenarios: () => NamedText[] = () => [];

  constructor() {
    const kept = keptEdit();
    if (kept) this.take(kept, 'It was kept from before.');
  }

  get revision(): Revision {
    return this.#revision;
  }
  get file(): string {
    return this.#file;
  }
  /** Where the editor should go; taken by it once. */
  get goal(): (Place & { column: number }) | null {
    return this.#goal;
  }
  /** The edit as a unified diff; '' if there is none. It follows typing after a pause. */
  get diff(): string {
    return this.#diff;
  }
  get lines(): number {
    return changedLines(this.#diff);
  }
  get stage(): Stage {
    return this.#stage;
  }
  get problems(): Problem[] {
    return this.#problems;
  }
  get trouble(): string | null {
    return this.#trouble;
  }
  get core(): EditedCore | null {
    return this.#core;
  }
  get trial(): TrialState | null {
    return this.#trial;
  }
  get misfits(): Misfit[] {
    return this.#misfits;
  }
  get held(): string | null {
    return this.#held;
  }
  /** What the last change of whole files took the place of. */
  get undoLabel(): string | null {
    return this.#before?.label ?? null;
  }

  /** The trial as a matrix: those that changed first. */
  readonly matrix = $derived.by<Matrix | null>(() => {
    if (this.#trial === null || this.#running === null) return null;
    const { revision, shipped, edited } = this.#running.question;
    const columns = [
      { label: revision, revision, module: shipped },
      { label: EDITED, revision, module: edited },
    ];
    return matrixOf(this.#trial.rows, columns);
  });

  text(path: string): string {
    return this.#edited[path] ?? SHIPPED[path] ?? '';
  }

  isEdited(path: string): boolean {
    return Object.hasOwn(this.#edited, path);
  }

  setRevision(revision: Revision): void {
    this.#revision = revision;
    this.#changed();
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
    this.#held = null;
    this.#before = null;
    this.#set({ ...this.#edited, [path]: text });
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

  /** Applies a diff to what is there; gives the number of hunks that went in. */
  apply(diff: string): number {
    const { files, applied, misfits } = applyDiff({ ...SHIPPED, ...this.#edited }, diff);
    this.#misfits = misfits;
    if (applied > 0) {
      this.#held = null;
      this.#replace({ ...this.#edited, ...files }, 'The diff was applied.');
      this.open(Object.keys(files)[0]!, this.#firstLine(Object.keys(files)[0]!));
    }
    return applied;
  }

  /** Takes an edit over in the place of this one, and builds nothing before it is asked to. */
  take({ revision, diff }: CoreEdit, held: string): void {
    const { files, misfits } = applyDiff(SHIPPED, diff);
    this.#forget();
    this.#compiler.cancel();
    this.#revision = REVISIONS.find((name) => name === revision) ?? this.#revision;
    this.#misfits = misfits;
    this.#held = held;
    this.#replace(files, 'An edit took the place of yours.');
    const first = Object.keys(files)[0];
    if (first !== undefined) this.open(first, this.#firstLine(first));
  }

  /** Builds when the view is there, which says what to try the core on. */
  buildWhenOpen(): void {
    this.#wanted = true;
  }

  opened(): void {
    if (this.#wanted) this.build();
    this.#wanted = false;
  }

  /** Builds now, whatever there is. */
  build(): void {
    clearTimeout(this.#pause);
    this.#held = null;
    this.#settle();
    this.#trouble = null;
    this.#built = { revision: this.#revision, diff: this.#diff };
    this.#compiler.build({ ...SHIPPED, ...this.#edited, ...SETTINGS }, this.#revision);
  }

  cancel(): void {
    clearTimeout(this.#pause);
    this.#compiler.cancel();
    this.#running?.cancel();
  }

  /** Tries the core that is there on other scenarios. */
  tryAgain(): void {
    const shipped = this.#running?.question.shipped;
    if (this.#core && shipped) this.#try(this.#core, shipped);
  }

  /** Goes on with the scenarios that a trial left out. */
  goOn(): void {
    this.#running?.start();
  }

  #replace(texts: Texts, label: string): void {
    const before = this.#edited;
    this.#set(texts);
    const lost = Object.keys(before).some((path) => before[path] !== this.text(path));
    this.#before = lost ? { label, texts: before } : null;
  }

  #set(texts: Texts): void {
    this.#edited = Object.fromEntries(Object.entries(texts).filter(([path, text]) => text !== SHIPPED[path]));
    this.#changed();
  }

  #changed(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#follow(), PAUSE_MS);
    if (Object.keys(this.#edited).length === 0 || this.#held !== null) this.#settle();
  }

  /** The diff, and what is kept for a reload, follow the texts. */
  #settle(): void {
    this.#diff = makeDiff(SHIPPED, this.#edited);
    keepEdit(this.#diff === '' ? null : { revision: this.#revision, diff: this.#diff });
  }

  #follow(): void {
    this.#settle();
    if (this.#held !== null) return;
    if (this.#built?.diff === this.#diff && this.#built.revision === this.#revision) return;
    if (this.#diff !== '') return this.build();
    this.#forget();
    this.#compiler.cancel();
  }

  /** What was found out about another text. */
  #forget(): void {
    this.#running?.cancel();
    this.#running = null;
    this.#trial = null;
    this.#core = null;
    this.#problems = [];
    this.#trouble = null;
    this.#built = null;
  }

  async #hear(result: BuildResult): Promise<void> {
    if (this.#built === null) return;
    const { revision, diff } = this.#built;
    if ('trouble' in result) {
      this.#trouble = result.trouble;
      this.#built = null;
      return;
    }
    this.#problems = problemsOf(result.words, (path) => this.text(path));
    if (result.core === null) return;
    try {
      const shipped = await fetchCore(revision);
      const same = sameBytes(new Uint8Array(shipped), result.core.bytes);
      const core = { ...result.core, revision, diff, same };
      this.#core = core;
      this.#try(core, await WebAssembly.compile(shipped));
    } catch (error) {
      this.#trouble = error instanceof Error ? error.message : String(error);
    }
  }

  #try(core: EditedCore, shipped: WebAssembly.Module): void {
    this.#running?.cancel();
    this.#running = null;
    this.#trial = null;
    // The same bytes do the same.
    if (core.same) return;
    const { revision, module: edited } = core;
    const question = { revision, shipped, edited, scenarios: this.scenarios(), first: 0 };
    this.#running = new Trial(question, newTrialWorker, (state) => (this.#trial = state));
    this.#running.start();
  }

  #firstLine(path: string): number | undefined {
    return editedLines(makeDiff(SHIPPED, this.#edited), path)[0];
  }

  /** The line of a shipped place in the text as it is now: lines before it may have come or gone. */
  #lineNow({ path, line }: Place): number {
    const wanted = SHIPPED[path]!.split('\n')[line - 1];
    const now = this.text(path)
      .split('\n')
      .indexOf(wanted ?? '');
    return now < 0 ? line : now + 1;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** The edit stays while the page is open, and is kept for a reload. */
export const coreEdit = new CoreEditStore();
