// SPDX-License-Identifier: MIT
import { ordinal, placeText } from '../kernel/ordinal.ts';
import { stoppedShort } from '../run/stopped-short.ts';
import type { Mismatch, Run } from '../run/types.ts';
import { expectedOf } from '../scenario/expected.ts';
import type { Scenario } from '../scenario/schema.ts';
import { clean } from '../kernel/clean.ts';

/** The result of one file. */
export type TapResult =
  | { name: string; scenario: Scenario; run: Run }
  /** It could not be used; one line for each reason. */
  | { name: string; reasons: string[] };

/**
 * The Test Anything Protocol, version 14: a test point for each file, and in it one for each step that
 * expects something or lacks a reply (all its repeats together). Without such a step there is one test: that the
 * run reached its end.
 */
export function* tap(results: readonly TapResult[]): Generator<string> {
  yield 'TAP version 14';
  yield `1..${results.length}`;
  for (const [index, result] of results.entries()) {
    const name = described(result.name);
    if ('reasons' in result) {
      yield `not ok ${ordinal(index)} - ${name}`;
      yield* diagnostic({ message: 'the file cannot be used', reasons: result.reasons }, '  ');
      continue;
    }
    yield `# Subtest: ${name}`;
    yield* points(result.scenario, result.run);
    const { unmet } = result.run.expectations;
    const good = unmet.length === 0 && !stoppedShort(result.run, result.scenario);
    yield `${good ? 'ok' : 'not ok'} ${ordinal(index)} - ${name}`;
    if (result.run.stopped !== null) yield* diagnostic({ message: result.run.stopped.message }, '  ');
  }
}

function* points(scenario: Scenario, run: Run): Generator<string> {
  const unmet = new Map<number, Mismatch[]>();
  for (const mismatch of run.expectations.unmet)
    unmet.set(mismatch.step, [...(unmet.get(mismatch.step) ?? []), mismatch]);
  const reached = new Set(run.executions.map(({ step }) => step));
  let count = 0;
  for (const [index, step] of scenario.steps.entries()) {
    const failures = unmet.get(index) ?? [];
    if (expectedOf(step, run.revision) === undefined && failures.length === 0) continue;
    count++;
    const good = failures.length === 0 && reached.has(index);
    yield `    ${good ? 'ok' : 'not ok'} ${count} - step ${ordinal(index)} ${step.do}`;
    if (good) continue;
    const reasons = reached.has(index)
      ? failures.map(({ execution, path, expected, actual }) => {
          const where = step.times > 1 ? `execution ${ordinal(execution)}: ` : '';
          return `${where}${placeText(path)}: expected ${expected}, got ${actual}`;
        })
      : ['the run stopped before this step'];
    yield* diagnostic({ message: 'expectations not met', reasons }, '      ');
  }
  if (count === 0) {
    // A plan of no tests reads as a file that was skipped, though it ran.
    const good = !stoppedShort(run, scenario);
    yield `    ${good ? 'ok' : 'not ok'} 1 - the run came to its end (no step expects anything)`;
  }
  yield `    1..${Math.max(1, count)}`;
}

/** A description: `#` would begin a directive. */
function described(text: string): string {
  return clean(text).replace(/\\/g, '\\\\').replace(/#/g, '\\#');
}

/** A YAML block; JSON strings are YAML strings. */
function* diagnostic(
  { message, reasons = [] }: { message: string; reasons?: string[] },
  indent: string,
): Generator<string> {
  yield `${indent}---`;
  yield `${indent}message: ${JSON.stringify(clean(message))}`;
  if (reasons.length > 0) {
    yield `${indent}reasons:`;
    for (const reason of reasons) yield `${indent}  - ${JSON.stringify(clean(reason))}`;
  }
  yield `${indent}...`;
}
