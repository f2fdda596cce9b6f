// SPDX-License-Identifier: MIT
import type { Scenario } from '#engine/scenario/schema.ts';

/** What the process that runs the code of a scenario's server is sent; what it tells are batches of `Told`. */
export interface CodeChildJob {
  core: Uint8Array;
  scenario: Scenario;
  /** As JavaScript. */
  code: string;
}
