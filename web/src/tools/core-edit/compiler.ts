// SPDX-License-Identifier: MIT
import type { Sources } from '#engine/core-edit/types.ts';
import type { Revision } from '#engine/kernel/features.ts';
import type { BuiltCore, CompilerAnswer, CompilerQuestion } from './compiler.worker.ts';
import type { CompilerWord } from './compile.ts';

/** A compilation takes a second or two; on a machine that is very busy more. */
const PATIENCE_MS = 60_000;

export type Stage = 'loading' | 'compiling' | null;

export type BuildResult = { core: BuiltCore | null; words: CompilerWord[] } | { trouble: string };

const create = () =>
  new Worker(new URL('./compiler.worker.ts', import.meta.url), { type: 'module', name: 'compiler' });

/**
 * The AssemblyScript compiler, in a worker that begins to load with the first build and then stays. While it works,
 * only the newest question waits.
 */
export class Compiler {
  #worker: Worker | null = null;
  #ready = false;
  #asked: CompilerQuestion | null = null;
  #waiting: CompilerQuestion | null = null;
  #watch: ReturnType<typeof setTimeout> | undefined;
  #seq = 0;
  #report: (stage: Stage) => void;
  #hear: (result: BuildResult) => void;

  /** @param hear gets the answers to the newest questions only */
  constructor(report: (stage: Stage) => void, hear: (result: BuildResult) => void) {
    this.#report = report;
    this.#hear = hear;
  }

  build(files: Sources, revision: Revision): void {
    const question = { seq: ++this.#seq, files, revision };
    if (this.#asked) this.#waiting = question;
    else this.#ask(question);
  }

  /** Ends what goes on. The compiler loads again with the next build, out of the browser's cache. */
  cancel(): void {
    clearTimeout(this.#watch);
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = false;
    this.#asked = null;
    this.#waiting = null;
    this.#report(null);
  }

  #ask(question: CompilerQuestion): void {
    this.#asked = question;
    this.#worker ??= this.#spawn();
    if (!this.#ready) return this.#report('loading');
    this.#post(question);
  }

  #post(question: CompilerQuestion): void {
    this.#report('compiling');
    this.#watch = setTimeout(() => {
      this.cancel();
      const seconds = PATIENCE_MS / 1000;
      this.#hear({ trouble: `The compiler did not end within ${seconds} seconds and was stopped.` });
    }, PATIENCE_MS);
    this.#worker!.postMessage(question);
  }

  #spawn(): Worker {
    const worker = create();
    worker.onmessage = ({ data }: MessageEvent<CompilerAnswer>) => {
      if (data.kind === 'ready') {
        this.#ready = true;
        const question = this.#waiting ?? this.#asked;
        this.#waiting = null;
        if (question) {
          this.#asked = question;
          this.#post(question);
        }
      } else this.#answered(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const [stage, why] = [
        this.#ready ? 'broke' : 'did not load',
        event.message ? `: ${event.message}` : '',
      ];
      this.cancel();
      this.#hear({ trouble: `The compiler ${stage}${why}. Build again to try once more.` });
    };
    return worker;
  }

  #answered({ seq, core, words }: Extract<CompilerAnswer, { kind: 'built' }>): void {
    if (seq !== this.#asked?.seq) return;
    clearTimeout(this.#watch);
    this.#asked = null;
    const next = this.#waiting;
    this.#waiting = null;
    if (next) return this.#ask(next);
    this.#report(null);
    this.#hear({ core, words });
  }
}
