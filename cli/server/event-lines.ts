// SPDX-License-Identifier: MIT
import type { Run } from '#engine/run/types.ts';
import { eventWords } from '#engine/text/tap.ts';

/** What the server of a run did that no server can do, a line each: `case.json: server: step 3: timeout: …`. */
export function eventLines({ name, run }: { name: string; run: Run }): string[] {
  return (run.server?.events ?? []).map((event) => `${name}: server: ${eventWords(run, event)}`);
}
