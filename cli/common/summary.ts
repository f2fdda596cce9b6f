// SPDX-License-Identifier: MIT
import { ordinal } from '#engine/kernel/ordinal.ts';
import { count } from '#engine/checks/format.ts';
import type { Line, TextOptions } from '#engine/text/line.ts';
import { clean } from '#engine/kernel/clean.ts';
import { row, spread } from '#engine/text/line.ts';
import { stoppedShort } from '#engine/run/stopped-short.ts';
import type { FileResult } from '#engine/text/tap.ts';

type Verdict = 'ok' | 'unmet' | 'failed' | 'stopped' | 'unusable';

/** What became of one file, without its run: many are kept for the summary. */
export interface Outcome {
  name: string;
  verdict: Verdict;
  details: string;
}

export function outcomeOf(result: FileResult): Outcome {
  const { name } = result;
  if ('reasons' in result)
    return { name, verdict: 'unusable', details: count(result.reasons.length, 'problem') };
  const { run, scenario, failures } = result;
  const { met, unmet } = run.expectations;
  const expected = met + unmet.length;
  const words =
    expected === 0
      ? 'nothing expected'
      : unmet.length === 0
        ? `${count(met, 'expectation')} met`
        : `${met} of ${count(expected, 'expectation')} met`;
  const failed = failures.filter(({ kind }) => kind === 'unexpected').length;
  const more = failed === 0 ? '' : `, ${count(failed, 'step')} failed`;
  const verdict = stoppedShort(run, scenario)
    ? 'stopped'
    : failures.length === 0
      ? 'ok'
      : failures.some(({ kind }) => kind === 'unmet')
        ? 'unmet'
        : 'failed';
  const about = result.only === undefined ? `${words}${more}` : `step ${ordinal(result.only)} alone`;
  return { name, verdict, details: `${count(run.executions.length, 'execution')}, ${about}` };
}

/** One file, in one line if that holds it: `ok        case.json        4 executions, 6 expectations met`. */
export function resultLines({ name, verdict, details }: Outcome, options: TextOptions): Line[] {
  const tone = verdict === 'ok' ? 'pass' : 'fail';
  const head = `${verdict.padEnd(8)}  ${name}`;
  const whole = spread(head, details, options, tone);
  if (whole.text.length <= options.width) return [whole];
  // A path stays whole, so that it can be copied; what became of it has a line of its own.
  return [{ text: head, tone }, spread('', details, options, tone)];
}

/** What stands above a file's steps: `== case.json: its title`, the title below where it does not fit beside. */
export function headLines(name: string, title: string, { width, ascii }: TextOptions): Line[] {
  const words = clean(title, ascii);
  const whole = words === '' ? `== ${name}` : `== ${name}: ${words}`;
  if (words === '' || whole.length <= width) return [{ text: whole, tone: 'title' }];
  return [
    { text: `== ${name}:`, tone: 'title' },
    ...row('', words.split(' '), { width, ascii, verbose: false }, 'title', ' ', HEAD_INDENT),
  ];
}
const HEAD_INDENT = 3;

/** All files in one line: `3 files: 2 ok, 1 unmet`. */
export function totalLine(outcomes: readonly Outcome[]): Line {
  const counts = new Map<Verdict, number>();
  for (const { verdict } of outcomes) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const parts = [...counts].map(([word, files]) => `${files} ${word}`);
  const allOk = counts.get('ok') === outcomes.length;
  return { text: `${outcomes.length} files: ${parts.join(', ')}`, tone: allOk ? 'pass' : 'fail' };
}
