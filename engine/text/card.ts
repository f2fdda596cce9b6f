// SPDX-License-Identifier: MIT
import { ordinal } from '../kernel/ordinal.ts';
import { explain } from '../checks/words.ts';
import type { Execution, Run } from '../run/types.ts';
import type { JsonValue } from '../scenario/json.ts';
import { hasAnswers } from '../scenario/answers.ts';
import { canonicalValue } from '../scenario/print.ts';
import type { Scenario } from '../scenario/schema.ts';
import { answerLines } from './card-answer.ts';
import { neededSteps } from './card-needed.ts';
import { CARD_VERSION, cardSum } from './card-read.ts';
import { cardRow, setupRows, stepRows } from './card-rows.ts';
import { sliceScenario } from './card-slice.ts';
import { documentValue } from './card-value.ts';
import { clean } from '../kernel/clean.ts';
import { ungrouped } from '../kernel/digits.ts';
import { prose } from './line.ts';

export { hasCard, readCard } from './card-read.ts';
export type { CardResult } from './card-read.ts';

/** The longest link that stays one line of a mail, with room for its quote marks. */
const CARD_LINK_CHARS = 900;

export interface CardOptions {
  /** The share link of the case: a hash, or with `base` left out a whole address. */
  link?: string;
  /** The address that the hash is appended to. */
  base?: string;
}

/**
 * A case as plain text for a mail (docs/FORMATS.md, text card): the chosen step, the steps it depends on, what
 * differs from the defaults, and the kernel's answer. Printable ASCII, at most 72 columns but for the
 * link. readCard() reads it back.
 *
 * @param step index into the scenario's steps; of a repeated one the last execution is shown.
 * @throws RangeError if the scenario has no such step.
 */
export function printCard(run: Run, scenario: Scenario, step: number, options: CardOptions = {}): string {
  if (scenario.steps[step] === undefined) throw new RangeError(`The scenario has no step ${ordinal(step)}.`);
  // What a server's code said is in no document.
  const { recorded: _, ...document } = scenario;
  const whole = canonicalValue(documentValue(document)) as Record<string, JsonValue>;
  const steps = whole['steps'] as Record<string, JsonValue>[];
  const executions = new Map(run.executions.map((execution) => [execution.step, execution]));
  const chosen = executions.get(step);
  const answered = hasAnswers(scenario);
  // A run that stopped does not say what its last steps depend on; who answers remembers what all of them did.
  const numbers =
    run.stopped === null && !answered
      ? neededSteps(run, scenario, step)
      : steps.map((_, i) => i).slice(0, step + 1);
  const sum = cardSum(canonicalValue(sliceScenario(whole, numbers)), numbers.indexOf(step));
  const lines = [
    `iomap-playground card ${CARD_VERSION}-${sum}`,
    '',
    ...setupRows(whole, scenario.kernel.revision),
    '',
    ...numbers.flatMap((number) =>
      stepRows(
        steps[number]!,
        number,
        number === step ? '' : remark(executions.get(number), scenario),
        answered,
      ),
    ),
    '',
    `answer ${step}:`,
    ...(chosen === undefined ? stoppedLines(run) : answerLines(chosen, run, scenario)),
    ...linkLines(options),
  ];
  return `${lines.join('\n')}\n`;
}

function remark(execution: Execution | undefined, scenario: Scenario): string {
  if (execution === undefined) return '';
  const { headline } = explain(execution, scenario);
  return headline.charAt(0).toLowerCase() + headline.slice(1).replace(/[()]/g, '');
}

function stoppedLines({ stopped }: Run): string[] {
  const words = `The run stopped before this step. ${clean(ungrouped(stopped?.message ?? ''), true)}`;
  return prose('verdict', words, { width: 72, ascii: true, verbose: false }).map(({ text }) => text);
}

function linkLines({ link, base = '' }: CardOptions): string[] {
  if (link === undefined) return [];
  const address = base + link;
  return address.length <= CARD_LINK_CHARS
    ? ['', address]
    : ['', ...cardRow(`The link has ${address.length} characters: too long for a mail.`, [])];
}
