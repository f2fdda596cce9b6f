// SPDX-License-Identifier: MIT
import { clean } from '#engine/kernel/clean.ts';
import { ordinal } from '#engine/kernel/ordinal.ts';
import type { Run } from '#engine/run/types.ts';

/** What the server of a run did that no server can do, a line each: `case.json: server: step 3: timeout: …`. */
export function eventLines({ name, run }: { name: string; run: Run }): string[] {
  return (run.server?.events ?? []).map(({ execution, kind, request, message }) => {
    const step = run.executions[execution]?.step;
    const where = step === undefined ? 'at the start' : `step ${ordinal(step)}`;
    return `${name}: server: ${where}: ${kind}: ${clean(`${request}: ${message}`)}`;
  });
}
