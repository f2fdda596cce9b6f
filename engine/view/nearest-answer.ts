// SPDX-License-Identifier: MIT
/** The worker's side of the nearest reply. */

import { searchNearest, searchStart, type Nearest, type Suggestion } from '../search/nearest.ts';
import { documentEdits, editText, type Mappings } from '../search/reply.ts';
import { consequences } from '../checks/consequences.ts';
import { foresee } from '../run/foresee.ts';
import { run } from '../run/runner.ts';
import type { Execution } from '../run/types.ts';
import type { BeginReply, Scenario } from '../scenario/schema.ts';
import type { Alternative, Offer } from './search-protocol.ts';

export interface NearestProgress {
  fields: number;
  evaluations: number;
}

/**
 * Searches for the edits that turn the verdict of an execution; null where there is nothing to search for, or where
 * the step's reply was not judged as the execution was (a later run of a repeated step).
 * A generator, so that the worker can listen between two reports.
 */
export function* nearestOffer(
  module: WebAssembly.Module,
  scenario: Scenario,
  execution: Execution,
): Generator<NearestProgress, Offer | null> {
  const start = searchStart(module, scenario, execution);
  const step = scenario.steps[execution.step];
  if (start === null || step?.do !== 'iomap_begin') return null;
  if (start.probe.evaluate(start.mappings).outcome !== execution.outcome) return null;
  const warns = (mappings: Mappings) => isWarned(module, scenario, execution.step, mappings);
  const found = yield* searchNearest(start.probe, start.mappings, { warns });
  return offerOf(found, execution.step, step.reply);
}

/** Whether the page would warn of what I/O does with the mappings, if they were the reply of a step. */
function isWarned(module: WebAssembly.Module, scenario: Scenario, at: number, { read, write }: Mappings) {
  const step = scenario.steps[at];
  if (step?.do !== 'iomap_begin') return false;
  const reply: BeginReply = write === null ? { read } : { read, write };
  const steps = [...scenario.steps.slice(0, at), { ...step, reply, times: 1 }];
  const last = run(module, { ...scenario, steps }, foresee).executions.findLast((one) => one.step === at);
  return (
    last !== undefined &&
    consequences(last, last.foreseen ?? null, scenario).some(({ tone }) => tone !== 'note')
  );
}

function offerOf({ goal, suggestions, fields, complete }: Nearest, step: number, reply: BeginReply): Offer {
  const alternatives = suggestions.map((one) => alternativeOf(one, step, reply));
  return { goal, alternatives, fields, complete };
}

const alternativeOf = ({ edits, verdict }: Suggestion, step: number, reply: BeginReply): Alternative => ({
  text: edits.map((edit) => editText(edit).replace(' -> ', ' → ')).join(', '),
  edits: documentEdits(step, reply, edits),
  check: verdict.decided?.check ?? null,
});
