// SPDX-License-Identifier: MIT
/** What the main thread asks of the engine's. */
import type { FuzzResult } from '#engine/fuzz/types.ts';
import type { Run } from '#engine/run/types.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import type { Scenario } from '#engine/scenario/schema.ts';

export type Job = RunJob | FuzzJob;

export interface RunJob {
  kind: 'run';
  core: WebAssembly.Module;
  scenario: Scenario;
  /** Whether the run also says what I/O makes of each mapping. */
  foresee: boolean;
}

export interface FuzzJob {
  kind: 'fuzz';
  core: WebAssembly.Module;
  /** The document of the machine. */
  value: JsonValue;
  ops: number;
  seed: number;
  faults: boolean;
  /** Do the steps of the document in place of random ones. */
  replay: boolean;
}

export type JobResult =
  { run: Run } | { fuzzed: FuzzResult } | { replayed: { at: number; problem: string } | null };
