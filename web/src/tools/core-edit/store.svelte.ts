// SPDX-License-Identifier: MIT
import { matrixOf, type Matrix } from '#engine/compare/matrix.ts';
import { foreignImport } from '#engine/core/imports.ts';
import type { CoreEdit } from '#engine/core-edit/types.ts';
import type { Revision } from '#engine/kernel/features.ts';
import type { NamedText } from '#engine/view/search-protocol.ts';
import { confinedWorker } from '../../workers/confined.ts';
import { fetchCore } from '../../workers/cores.ts';
import { Compiler, type BuildResult, type Stage } from './compiler.ts';
import type { BuiltCore } from './compiler.worker.ts';
import { keptEdit } from './kept-edit.ts';
import { problemsOf, type Problem } from './problems.ts';
import { SETTINGS } from './sources.ts';
import { EditedTexts } from './texts.svelte.ts';
import { Trial, type TrialState } from './trial.ts';
import { EDITED } from './trial-protocol.ts';
import trialWorker from './trial.worker.ts?worker&url';

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

const newTrialWorker = () => confinedWorker(trialWorker, 'trial');

/**
 * What the compiler says about the edited texts, and how the scenarios' verdicts change. The edit stays while the page is
 * open, and is kept for a reload.
 */
export class CoreEditStore {
  #stage = $state.raw<Stage>(null);
  #problems = $state.raw<Problem[]>([]);
  #trouble = $state.raw<string | null>(null);
  #core = $state.raw<EditedCore | null>(null);
  #trial = $state.raw<TrialState | null>(null);
  /** Why nothing is built yet, though there is an edit: it came from a link, or from an earlier visit. */
  #held = $state.raw<string | null>(null);
  #wanted = false;
  #running: Trial | null = null;
  #built: { revision: Revision; diff: string } | null = null;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #compiler = new Compiler(
    (stage) => (this.#stage = stage),
    (result) => void this.#hear(result),
  );
  readonly texts = new EditedTexts((written) => this.#changed(written));
  /** Sets the scenarios to try an edit on. */
  scenarios: () => NamedText[] = () => [];

  constructor() {
    const kept = keptEdit();
    if (kept) this.take(kept, 'It was kept from before.');
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
  get held(): string | null {
    return this.#held;
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

  /** Replaces this edit by another, and builds nothing before it is asked to. */
  take(edit: CoreEdit, held: string): void {
    this.#forget();
    this.#compiler.cancel();
    this.#held = held;
    this.texts.take(edit);
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
    this.texts.settle();
    this.#trouble = null;
    const { revision, diff, all } = this.texts;
    this.#built = { revision, diff };
    this.#compiler.build({ ...all, ...SETTINGS }, revision);
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

  #changed(written: boolean): void {
    if (written) this.#held = null;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#follow(), PAUSE_MS);
    if (this.texts.shipped || this.#held !== null) this.texts.settle();
  }

  #follow(): void {
    this.texts.settle();
    if (this.#held !== null) return;
    const { revision, diff } = this.texts;
    if (this.#built?.diff === diff && this.#built.revision === revision) return;
    if (diff !== '') return this.build();
    this.#forget();
    this.#compiler.cancel();
  }

  /** Drops results that are about another text. */
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
    this.#problems = problemsOf(result.words, (path) => this.texts.text(path));
    if (result.core === null) return;
    const refused = foreignImport(result.core.module);
    if (refused !== null) {
      this.#trouble = refused;
      return;
    }
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
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
