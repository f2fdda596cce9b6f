// SPDX-License-Identifier: MIT
import type { JsonValue } from '../scenario/json.ts';

export interface FuzzOptions {
  /** How many operations, in runs of OPS_PER_RUN each. */
  ops: number;
  /** The same seed draws the same operations. */
  seed: number;
  /** Devices fail now and then. */
  faults: boolean;
}

/** A step as a document has it. */
export type StepDocument = { [key: string]: JsonValue };

/** What went wrong, in a run that is as short as could be found. */
export interface FuzzFailure {
  /** The seed of the run that went wrong first: with it alone as the seed the run is the first one. */
  seed: number;
  /** What is wrong, in words. */
  problem: string;
  /** The run as a scenario: its last step is the one that shows it. */
  document: JsonValue;
  /** How many of its steps change something or look at it. */
  steps: number;
}

export interface FuzzResult {
  /** Operations that were done before one went wrong. */
  done: number;
  failure: FuzzFailure | null;
}
