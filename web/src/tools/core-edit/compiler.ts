// SPDX-License-Identifier: MIT
import type { Sources } from '#engine/core-edit/types.ts';
import type { Revision } from '#engine/kernel/features.ts';
import { WorkerClient } from '../../workers/client.ts';
import type { BuiltCore, CompilerAnswer, CompilerQuestion } from './compiler.worker.ts';
import type { CompilerWord } from './compile.ts';

/** A compilation takes a second or two; on a machine that is very busy more. */
const PATIENCE_MS = 60_000;

export type Stage = 'loading' | 'compiling' | null;

export type BuildResult = { core: BuiltCore | null; words: CompilerWord[] } | { trouble: string };

type Question = Omit<CompilerQuestion, 'seq'>;

/**
 * The AssemblyScript compiler, in a worker that begins to load with the first build and then stays. A newer build
 * replaces those that it has not begun.
 */
export class Compiler {
  #ready = false;
  readonly #report: (stage: Stage) => void;
  readonly #client: WorkerClient<Question, CompilerAnswer>;

  /** @param hear called with the answers to the newest questions only */
  constructor(report: (stage: Stage) => void, hear: (result: BuildResult) => void) {
    this.#report = report;
    const fail = (trouble: string) => {
      this.cancel();
      hear({ trouble });
    };
    this.#client = new WorkerClient<Question, CompilerAnswer>({
      create: () =>
        new Worker(new URL('./compiler.worker.ts', import.meta.url), { type: 'module', name: 'compiler' }),
      name: 'The compiler',
      again: 'Build again to try once more.',
      queue: false,
      isLast: ({ kind }) => kind === 'built',
      hear: (answer) => {
        if (answer.kind === 'begun') {
          this.#ready = true;
          report('compiling');
          // The compilation's time counts, not that of the compiler on its way through a slow net.
          this.#client.watch(PATIENCE_MS, fail);
          return;
        }
        report(null);
        hear({ core: answer.core, words: answer.words });
      },
      broke: fail,
    });
  }

  build(files: Sources, revision: Revision): void {
    this.#report(this.#ready ? 'compiling' : 'loading');
    this.#client.ask({ files, revision });
  }

  /** Ends the build in progress. The compiler loads again with the next build, from the browser's cache. */
  cancel(): void {
    this.#client.end();
    this.#ready = false;
    this.#report(null);
  }
}
