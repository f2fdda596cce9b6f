// SPDX-License-Identifier: MIT
import { count } from '../checks/format.ts';
import { explain, wordsOf } from '../checks/words.ts';
import { operandText } from '../checks/operand-text.ts';
import { errnoText } from '../kernel/errno.ts';
import { ordinal } from '../kernel/ordinal.ts';
import { isUnknown } from '../kernel/unknown.ts';
import { causeOf, unexpected, type Unexpected } from '../run/unexpected.ts';
import type { CheckRecord, Execution, Mismatch, Run, Seen } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { mismatchText } from './step.ts';
import { retText } from './values.ts';

/** A step that did not do what is wanted of it, and all that a reader needs to mend it. */
export interface Failure {
  /** Index of the step, from 0. */
  step: number;
  /** The execution that is told of: the first that went wrong; null if the run never reached the step. */
  execution: Execution | null;
  kind: 'unmet' | 'unexpected' | 'not-reached';
  /** What was not met, and what went wrong unexpectedly: a sentence each. */
  reasons: string[];
  /** Where it stands in the file: `case.json:7:5`; null if it stands in none. */
  place: string | null;
  facts: Fact[];
}

/** One thing to know of a failure. */
export interface Fact {
  label: 'check' | 'verdict' | 'note' | 'nearest' | 'cause';
  text: string;
}

/** What a failure is told with, besides the run. */
export interface FailureContext {
  /** What went wrong without being expected counts, not only what was expected and did not come. */
  strict: boolean;
  /** Where the value at a path of the document stands. */
  placeOf: (path: (string | number)[]) => string | null;
  /** The nearest reply that the kernel accepts, in words; null if there is none. Asked once for each failure. */
  nearest: (execution: Execution) => string | null;
}

export const NO_CONTEXT: FailureContext = { strict: true, placeOf: () => null, nearest: () => null };

/** The steps that failed, in their order: one entry each, whichever of its executions went wrong. */
export function failuresOf(
  run: Run,
  scenario: Scenario,
  { strict, placeOf, nearest }: FailureContext = NO_CONTEXT,
): Failure[] {
  const all = unexpected(run, scenario);
  const unmet = grouped(run.expectations.unmet, ({ step }) => step);
  const wrong = grouped(strict ? all : [], ({ execution }) => execution.step);
  const reached = (run.executions.at(-1)?.step ?? -1) + 1;
  return scenario.steps.flatMap((step, index): Failure[] => {
    const mismatches = unmet.get(index) ?? [];
    const troubles = wrong.get(index) ?? [];
    const expects = step.expect !== undefined || step.expectOn?.[run.revision] !== undefined;
    const place = placeOf(pathOf(scenario, run, index, mismatches));
    if (index >= reached) {
      if (run.stopped === null || !(strict || expects)) return [];
      const reasons = ['the run stopped before this step'];
      return [{ step: index, execution: null, kind: 'not-reached', reasons, place, facts: [] }];
    }
    const first = mismatches[0] === undefined ? undefined : run.executions[mismatches[0].execution];
    const execution = first ?? troubles[0]?.execution;
    if (execution === undefined) return [];
    const said = mismatches.length > 0 ? mismatches.map((one) => unmetText(one, run, step.times)) : [];
    return [
      {
        step: index,
        execution,
        kind: mismatches.length > 0 ? 'unmet' : 'unexpected',
        reasons: [...said, ...troubleTexts(troubles)],
        place,
        facts: factsOf(execution, scenario, causeOf(execution, all, scenario), nearest),
      },
    ];
  });
}

function unmetText(mismatch: Mismatch, run: Run, times: number): string {
  const repeat = run.executions[mismatch.execution]?.repeat ?? 0;
  return (times > 1 ? `execution ${ordinal(repeat)}: ` : '') + mismatchText(mismatch);
}

/** The path in the document that the failure is about: the first expectation that was not met, or the step. */
function pathOf(
  { steps }: Scenario,
  { revision }: Run,
  index: number,
  [mismatch]: readonly Mismatch[],
): (string | number)[] {
  const at = ['steps', index];
  if (mismatch === undefined || mismatch.path[0] === 'replies') return at;
  const own = steps[index]?.expectOn?.[revision] !== undefined ? ['expectOn', revision] : ['expect'];
  return [...at, ...own, ...mismatch.path];
}

function troubleTexts(troubles: readonly Unexpected[]): string[] {
  const [first] = troubles;
  if (first === undefined) return [];
  const more = troubles.length === 1 ? '' : ` (and ${count(troubles.length - 1, 'more execution')})`;
  return [`${troubleText(first)}, and no "ret" or "check" expects that${more}`];
}

/** What went wrong: `a reply was refused (-EFSCORRUPTED)`. */
export function troubleText({ execution, trouble, unused }: Unexpected): string {
  const { ret, outcome, io } = execution;
  const returned = ret === null ? outcome : retText(ret);
  switch (trouble) {
    case 'refused':
      return io === null && execution.reply === null
        ? `refused: ${returned}`
        : `a reply was refused: ${returned}`;
    case 'not-taken':
      return 'the reply was not taken: the caller still waits';
    case 'no-answer':
      return 'a request got no answer';
    case 'failed':
      return outcome === 'oops' ? 'the kernel would oops' : `returned ${returned}`;
    case 'not-called':
      return 'the step was not called';
    case 'not-asked':
      return `${unused === 1 ? '1 reply' : `${unused} replies`} of it ${unused === 1 ? 'was' : 'were'} never asked for`;
  }
}

function factsOf(
  execution: Execution,
  scenario: Scenario,
  cause: Unexpected | null,
  nearest: FailureContext['nearest'],
): Fact[] {
  const step = scenario.steps[execution.step];
  const deciding = decidingOf(execution);
  const { sentence } = explain(execution, scenario);
  const near = deciding === null ? null : nearest(execution);
  return [
    ...(deciding === null
      ? []
      : [{ label: 'check', text: checkText(deciding.record, deciding.said) } as const]),
    ...(sentence === '' ? [] : [{ label: 'verdict', text: sentence } as const]),
    ...(step?.note?.trim() ? [{ label: 'note', text: step.note } as const] : []),
    ...(near === null ? [] : [{ label: 'nearest', text: near } as const]),
    ...(cause === null ? [] : [{ label: 'cause', text: causeText(cause) } as const]),
  ];
}

function causeText(cause: Unexpected): string {
  const { step, do: name, ret } = cause.execution;
  const how = ret !== null && ret < 0n ? ` with ${errnoText(ret)}` : '';
  return `step ${ordinal(step)} ${name} failed before it${how}, which nothing expects: this may follow from it`;
}

/** The check that decided, of the step or of the first of its calls that was refused, and the call it decided in. */
export function decidingOf(execution: Execution): { record: CheckRecord; said: Seen } | null {
  const calls: Seen[] = [execution, ...(execution.io?.calls ?? [])];
  const said = calls.find(({ decided }) => decided !== null);
  return said?.decided == null ? null : { record: said.decided, said };
}

/** A check that refused, with its numbers: `read-after-pos: read.offset 8192 > pos 4096 (offset 8192, pos 4096)`. */
export function checkText({ check, which, operands }: CheckRecord, said: Pick<Seen, 'trust'>): string {
  const words = wordsOf(check, said);
  const predicate = words.predicate(operands, which);
  const numbers = operands.map((value, i) => operandText(check, words.operands[i] ?? '', value)).join(', ');
  const name = isUnknown(check) ? '' : `${check}: `;
  return `${name}${predicate}${numbers === '' ? '' : ` (${numbers})`}`;
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}
