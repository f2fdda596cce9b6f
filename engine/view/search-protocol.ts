// SPDX-License-Identifier: MIT
import type { Unknown } from '../kernel/unknown.ts';
import type { StepPair } from '../compare/align.ts';
import type { Execution, MachineState } from '../run/types.ts';
import type { CheckId } from '../kernel/checks.ts';
import type { Difference } from '../compare/executions.ts';
import type { Matrix } from '../compare/matrix.ts';
import type { Edit } from '../scenario/edit.ts';
import type { ScenarioPart } from '../scenario/part.ts';
import type { Revision } from '../kernel/features.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Follows } from './follow.ts';
import type { ReviewedCase } from './review/table.ts';

/**
 * What the page and a searching worker say to each other. A question takes the place of the one before it, whose
 * answers then stop; every answer repeats its question's number.
 */
export type SearchQuestion =
  /** The part continues the one that was sent last; it ends with the step of the execution. */
  | { kind: 'nearest'; seq: number; part: ScenarioPart; execution: Execution }
  | CompareQuestion
  | ReviewQuestion
  /** No answer is wanted any more. */
  | { kind: 'stop'; seq: number };

/** The cases of the review table, on every column; the examples by their names. */
export interface ReviewQuestion {
  kind: 'review';
  seq: number;
  examples: NamedText[];
}

export type CompareQuestion =
  /** Two sides, execution by execution. */
  | { kind: 'sides'; seq: number; sides: [AskedSide, AskedSide] }
  /** One pair of the comparison that question `of` asked for. */
  | { kind: 'pair'; seq: number; of: number; pair: number }
  | { kind: 'matrix'; seq: number; documents: NamedText[]; columns: AskedColumn[]; base: number }
  /** The smallest reply on which two revisions disagree, to a step of a document or to a plain question. */
  /** `skip`: the differences that were found before, by the names that their answers had. */
  | { kind: 'difference'; seq: number; revisions: [Revision, Revision]; asked: Asked | null; skip: string[] }
  /** The smallest reply that this check alone refuses. */
  | { kind: 'only-check'; seq: number; revision: Revision; check: CheckId; asked: Asked | null };

/** Who answers: a revision's own core, or another one in its place. */
export interface AskedColumn {
  label: string;
  revision: Revision;
  /** Left out: the core that the build has of the revision. */
  module?: WebAssembly.Module;
}

/** One side of a comparison. */
export interface AskedSide extends AskedColumn {
  scenario: Scenario;
}

export interface NamedText {
  name: string;
  text: string;
}

export interface Asked {
  text: string;
  step: number;
}

export type SearchAnswer =
  | { kind: 'nearest'; seq: number; offer: Offer | null }
  | { kind: 'nearest-progress'; seq: number; fields: number; evaluations: number }
  | CompareAnswer
  | { kind: 'review'; seq: number; cases: ReviewedCase[] }
  | { kind: 'failed'; seq: number; message: string };

export type CompareAnswer =
  | {
      kind: 'sides';
      seq: number;
      pairs: PairLine[];
      deciding: number | null;
      stopped: [string | null, string | null];
    }
  | ({ kind: 'pair'; seq: number } & PairAnswer)
  | { kind: 'matrix'; seq: number; matrix: Matrix; refused: NamedText[] }
  | { kind: 'found'; seq: number; found: Found | null; evaluations: number }
  | { kind: 'progress'; seq: number; done: number; of: number | null; words: string };

/** All of one pair. */
export interface PairAnswer {
  left: Execution | null;
  right: Execution | null;
  differences: Difference[];
  /** The machines as the pair left them; null where a side did not reach it. */
  states: [MachineState | null, MachineState | null];
  /** What follows on each side; null where nothing can, see isDoubtful(). */
  follows: [Follows | null, Follows | null];
}

/** What to edit for the other verdict. */
export interface Offer {
  goal: 'accept' | 'break';
  /** At most three, the nearest first. */
  alternatives: Alternative[];
  /** How many edits at once were tried, at most. */
  fields: number;
  /** False if more edits at once might help. */
  complete: boolean;
}

export interface Alternative {
  /** `read.offset 8192 → 4096` */
  text: string;
  /** Of the document. */
  edits: Edit[];
  /** The check that would then refuse; null for an accepted one. */
  check: CheckId | Unknown | null;
}

/** One execution on both sides, in short. */
export interface PairLine {
  step: number;
  /** Index of the step on either side; null where a scenario has no such step. */
  steps: StepPair;
  repeat: number;
  do: string;
  /** The verdicts in a few words; null where a side did not reach it. */
  left: string | null;
  right: string | null;
  /** Null if nothing differs; `path`: another way to the same result. */
  differs: Difference['kind'] | null;
}

/** A scenario that a search found, printed. */
export interface Found {
  text: string;
  step: number;
  title: string;
  /** The mappings of the reply, each as it is written: `offset 4096, length 4096`. */
  reply: { which: 'read' | 'write'; text: string }[];
  /** A name for the difference, to look for another one. */
  difference: string;
  /** The verdict of each side that was asked, with the check that decides. */
  verdicts: { label: string; text: string }[];
}
