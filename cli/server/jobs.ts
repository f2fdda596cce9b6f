// SPDX-License-Identifier: MIT
/** What the main thread asks of the engine's. */
import type { Run } from '#engine/run/types.ts';
import type { Scenario } from '#engine/scenario/schema.ts';

export interface Job {
  core: WebAssembly.Module;
  scenario: Scenario;
  /** Whether the run also says what I/O makes of each mapping. */
  foresee: boolean;
}

export interface JobResult {
  run: Run;
}
