// SPDX-License-Identifier: MIT
import type { CheckId } from '#engine/kernel/checks.ts';
import type { Matrix } from '#engine/compare/matrix.ts';
import type { Revision } from '#engine/kernel/features.ts';
import type {
  Asked,
  AskedColumn,
  AskedSide,
  CompareAnswer,
  CompareQuestion,
  Found,
  NamedText,
  PairLine,
  SearchAnswer,
} from '#engine/view/search-protocol.ts';
import { WorkerClient } from '../../workers/client.ts';
import { confinedSearch } from '../../workers/confined.ts';

/** Both sides in short, with what was asked. */
type Sides = Extract<CompareAnswer, { kind: 'sides' }> & { asked: [AskedSide, AskedSide] };
type Pair = Extract<CompareAnswer, { kind: 'pair' }>;
export type Progress = Pick<Extract<CompareAnswer, { kind: 'progress' }>, 'done' | 'of' | 'words'>;

interface MatrixResult {
  matrix: Matrix;
  /** Documents that are not scenarios, each with the reason in place of its text. */
  refused: NamedText[];
  documents: readonly NamedText[];
  columns: readonly AskedColumn[];
}

interface SearchResult {
  found: Found | null;
  evaluations: number;
}

type Unnumbered<Q> = Q extends CompareQuestion ? Omit<Q, 'seq'> : never;

/**
 * Comparisons, in a worker of their own that ends with the view; results stay for the next time the view is
 * opened. The next question, or cancel(), ends a search or a matrix in progress.
 */
export class CompareStore {
  #sides = $state.raw<Sides | null>(null);
  /** Newer sides, until the pair that is shown of them is there: both are replaced at once. */
  #nextSides: Sides | null = null;
  #pair = $state.raw<Pair | null>(null);
  #chosen = $state.raw(0);
  #matrix = $state.raw<MatrixResult | null>(null);
  #search = $state.raw<SearchResult | null>(null);
  #progress = $state.raw<Progress | null>(null);
  #busy = $state.raw<CompareQuestion['kind'] | null>(null);
  #trouble = $state.raw<string | null>(null);
  /** The step of the left side that is to be shown; null: the one that differs most. */
  #place: number | null = null;
  /** The pair that was chosen while newer sides are on their way. */
  #picked: number | null = null;
  readonly #client = new WorkerClient<Unnumbered<CompareQuestion>, SearchAnswer>({
    create: confinedSearch,
    name: 'The comparison',
    again: 'Ask again to start it afresh.',
    queue: false,
    isLast: ({ kind }) => kind !== 'progress',
    hear: (answer, asked) => this.#hear(answer, asked),
    broke: (trouble) => {
      this.cancel();
      this.#trouble = trouble;
    },
  });

  get sides(): Sides | null {
    return this.#sides;
  }
  /** The chosen pair, whole; of an earlier choice until the answer is there. */
  get pair(): Pair | null {
    return this.#pair;
  }
  get chosen(): number {
    return this.#chosen;
  }
  get matrix(): MatrixResult | null {
    return this.#matrix;
  }
  get search(): SearchResult | null {
    return this.#search;
  }
  get progress(): Progress | null {
    return this.#progress;
  }
  get busy(): CompareQuestion['kind'] | null {
    return this.#busy;
  }
  get trouble(): string | null {
    return this.#trouble;
  }

  /**
   * Both sides, and one pair of them whole.
   * @param place the step of the left side to show; null for the pair that differs most
   */
  compare(sides: [AskedSide, AskedSide], place: number | null = null): void {
    this.#place = place;
    this.#picked = null;
    this.#nextSides = null;
    this.#ask({ kind: 'sides', sides });
  }

  /** Shows another pair on both sides. */
  choose(pair: number): void {
    this.#chosen = pair;
    // Two newer sides are on their way, and the chosen pair comes with them.
    if (this.#busy === 'sides') this.#picked = pair;
    else if (this.#sides) this.#ask({ kind: 'pair', of: (this.#nextSides ?? this.#sides).seq, pair });
  }

  /** @param base index of the column that the others are compared with */
  makeMatrix(documents: NamedText[], columns: AskedColumn[], base: number): void {
    this.#ask({ kind: 'matrix', documents, columns, base });
  }

  /** The search result is for other revisions than those chosen now. */
  forgetSearch(): void {
    this.#search = null;
  }

  /** @param skip differences that were found before, by name */
  findDifference(revisions: [Revision, Revision], asked: Asked | null, skip: string[] = []): void {
    this.#search = null;
    this.#ask({ kind: 'difference', revisions, asked, skip });
  }

  findOnly(revision: Revision, check: CheckId, asked: Asked | null): void {
    this.#search = null;
    this.#ask({ kind: 'only-check', revision, check, asked });
  }

  /** Ends the question in progress at once. */
  cancel(): void {
    this.#client.end();
    this.#nextSides = null;
    this.#busy = null;
    this.#progress = null;
  }

  #ask(question: Unnumbered<CompareQuestion>): void {
    this.#busy = question.kind;
    this.#progress = null;
    this.#trouble = null;
    this.#client.ask(question);
  }

  /** The pair to show first. */
  #startOf(pairs: readonly PairLine[], deciding: number | null): number {
    if (this.#picked !== null && this.#picked < pairs.length) return this.#picked;
    const own = this.#place === null ? -1 : pairs.findLastIndex(({ steps }) => steps.left === this.#place);
    return own >= 0 ? own : (deciding ?? Math.min(this.#chosen, pairs.length - 1));
  }

  #showPair(pair: Pair | null, index: number): void {
    if (this.#nextSides) this.#sides = this.#nextSides;
    this.#nextSides = null;
    this.#pair = pair;
    this.#chosen = index;
  }

  #hear(answer: SearchAnswer, asked: Unnumbered<CompareQuestion>): void {
    if (answer.kind === 'progress') {
      this.#progress = answer;
      return;
    }
    this.#busy = null;
    this.#progress = null;
    if (answer.kind === 'sides' && asked.kind === 'sides') {
      this.#nextSides = { ...answer, asked: asked.sides };
      if (answer.pairs.length === 0) this.#showPair(null, 0);
      else {
        const pair = this.#startOf(answer.pairs, answer.deciding);
        this.#ask({ kind: 'pair', of: answer.seq, pair });
      }
    } else if (answer.kind === 'pair' && asked.kind === 'pair') this.#showPair(answer, asked.pair);
    else if (answer.kind === 'matrix' && asked.kind === 'matrix') {
      const { documents, columns } = asked;
      this.#matrix = { matrix: answer.matrix, refused: answer.refused, documents, columns };
    } else if (answer.kind === 'found') this.#search = answer;
    else if (answer.kind === 'failed') this.#trouble = answer.message;
  }
}
