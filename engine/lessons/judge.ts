// SPDX-License-Identifier: MIT
import type { CheckId } from '../kernel/checks.ts';
import type { Revision } from '../kernel/features.ts';
import { isUnknown, type Unknown } from '../kernel/unknown.ts';
import { runAsked } from '../run/asked.ts';
import type { Execution, Run } from '../run/types.ts';
import { parseDocument } from '../scenario/parse.ts';
import { at } from '../scenario/path.ts';
import { canonicalValue } from '../scenario/print.ts';
import { retarget } from '../scenario/revision.ts';
import type { Scenario } from '../scenario/schema.ts';
import { minify } from '../scenario/write.ts';
import { edited as withEdits, strayed } from './documents.ts';
import { pointerOf } from './pointer.ts';
import type { Hint, LessonEdit, LessonStep, Question } from './types.ts';

/** What a step of a lesson says of an answer. */
export interface Judgement {
  /** All that the goal asks came out, within what may be edited. */
  met: boolean;
  /** Index of the hint that fits, from 0; null if none does, and where the goal is met. */
  hint: number | null;
  /**
   * What came of the steps that the goal looks at. taken: nothing was refused, so what is wrong only the goal knows;
   * waiting: a request has no answer that the kernel takes.
   */
  came: 'taken' | 'refused' | 'waiting';
  /** The first check that refused there, of those that have a name; null if none did. */
  refusedBy: CheckId | null;
  /** What was edited beyond what the step lets be edited: paths in the scenario. */
  strayed: (string | number)[][];
}

/** Whether a step asks the core that the learner edited. */
export const asksEdited = ({ goal, hints }: LessonStep): boolean =>
  [...goal, ...hints.map(({ when }) => when)].some(({ core }) => core === 'edited');

/** Revisions whose cores a step asks. */
export function revisionsOf({ goal, hints }: LessonStep, own: Revision): Revision[] {
  return [...new Set([own, ...[...goal, ...hints.map(({ when }) => when)].map(({ rev }) => rev ?? own)])];
}

/**
 * Judges an answer to a step of a lesson; null for text that is not a scenario.
 *
 * @param core of a revision, of those that `revisionsOf` names
 * @param start the document that the step began with
 * @param edited the core that the learner edited, of the answer's revision; what is asked of it does not hold without
 */
export function judge(
  step: LessonStep,
  start: string,
  answer: string,
  core: (revision: Revision) => WebAssembly.Module,
  edited: WebAssembly.Module | null = null,
): Judgement | null {
  const { scenario, value } = parseDocument(answer);
  if (scenario === null) return null;
  const questions = [...step.goal, ...step.hints.map(({ when }) => when)];
  const { own, holds } = askAll(scenario, answer, questions, core, edited);
  const away = strayed(step, start, answer);
  const looked = new Set(step.goal.map((question) => question.step));
  const refused = own.executions.some(isRefused);
  const met = step.goal.every((_, i) => holds[i]) && !(step.nothingRefused && refused) && away.length === 0;
  const canonical = canonicalValue(value);
  const fits = ({ if: also }: Hint, i: number) =>
    holds[step.goal.length + i] === true &&
    (also === null || minify(at(canonical, also.path) ?? null) === minify(also.is));
  const hint = met ? -1 : step.hints.findIndex(fits);
  const asked = own.executions.filter((one) => looked.has(one.step));
  return {
    met,
    hint: hint < 0 ? null : hint,
    came: cameOf(asked),
    refusedBy: asked.flatMap(refusals).find(isKnown) ?? null,
    strayed: away,
  };
}

/** The checks that refused something in an execution, in order. */
const refusals = ({ decided, io }: Execution): (CheckId | Unknown)[] =>
  [decided, ...(io?.calls ?? []).map((call) => call.decided)].flatMap((one) => (one ? [one.check] : []));

const isKnown = (check: CheckId | Unknown): check is CheckId => !isUnknown(check);

const isRefused = (one: Execution): boolean => refusals(one).length > 0;

function cameOf(executions: readonly Execution[]): Judgement['came'] {
  if (executions.some(isRefused)) return 'refused';
  const waits = executions.some(
    ({ outcome, io }) => outcome === 'waiting' || (io?.unanswered ?? null) !== null,
  );
  return waits ? 'waiting' : 'taken';
}

/**
 * Runs an answer on each revision that is asked of, and with the edits that a question asks it with. Returns which
 * questions hold, and the run of the answer as it is, on its own revision.
 *
 * @param scenario that of the answer
 */
function askAll(
  scenario: Scenario,
  answer: string,
  questions: readonly Question[],
  core: (revision: Revision) => WebAssembly.Module,
  edited: WebAssembly.Module | null,
): { own: Run; holds: boolean[] } {
  const holds = questions.map(() => false);
  const { revision } = scenario.kernel;
  const plain = groupOf('shipped', revision, []);
  const groups = new Map<string, Group>([[plain, { core: 'shipped', rev: revision, scenario, asked: [] }]]);
  questions.forEach((question, i) => {
    const rev = question.rev ?? revision;
    const key = groupOf(question.core, rev, question.with);
    const group = groups.get(key);
    if (group) return void group.asked.push({ ...question, i });
    const other =
      question.with.length === 0 ? scenario : parseDocument(withEdits(answer, question.with)).scenario;
    // With these edits the answer is not a scenario: what is asked of it does not hold.
    if (other)
      groups.set(key, {
        core: question.core,
        rev,
        scenario: retarget(other, rev),
        asked: [{ ...question, i }],
      });
  });
  const runs = new Map<string, Run>();
  for (const [key, group] of groups) {
    const asked = group.core === 'shipped' ? runGroup(core(group.rev), group) : runEdited(edited, group);
    if (asked === null) continue;
    runs.set(key, asked.run);
    group.asked.forEach(({ i }, at) => (holds[i] = asked.unmet[at]?.length === 0));
  }
  return { own: runs.get(plain)!, holds };
}

type Numbered = Question & { i: number };

/** What one run answers. */
interface Group {
  core: Question['core'];
  rev: Revision;
  scenario: Scenario;
  asked: Numbered[];
}

const runGroup = (module: WebAssembly.Module, { scenario, asked }: Group) =>
  runAsked(module, scenario, asked);

/** As of a shipped core. One that is edited may do what the engine can't handle: then nothing holds of it. */
function runEdited(edited: WebAssembly.Module | null, group: Group): ReturnType<typeof runAsked> | null {
  if (edited === null) return null;
  try {
    return runGroup(edited, group);
  } catch {
    return null;
  }
}

/** What questions that one run answers share. */
const groupOf = (core: Question['core'], rev: Revision, edits: readonly LessonEdit[]): string =>
  [core, rev, ...edits.flatMap(({ path, value }) => [pointerOf(path), minify(value ?? null)])].join(' ');
