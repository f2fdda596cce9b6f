// SPDX-License-Identifier: MIT
import { count } from '#engine/checks/format.ts';
import type { Run } from '#engine/run/types.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import type { Line, TextOptions } from '#engine/text/line.ts';
import { clean } from '#engine/kernel/clean.ts';
import { row, spread } from '#engine/text/line.ts';
import { stoppedShort } from '#engine/run/stopped-short.ts';

type Verdict = 'ok' | 'unmet' | 'stopped' | 'unusable';

/** What became of one file. */
export type Result =
  | { name: string; scenario: Scenario; run: Run }
  /** It cannot be used. The reasons were printed when they were found. */
  | { name: string; reasons: string[] };

function verdict(result: Result): Verdict {
  if ('reasons' in result) return 'unusable';
  if (stoppedShort(result.run, result.scenario)) return 'stopped';
  return result.run.expectations.unmet.length > 0 ? 'unmet' : 'ok';
}

/** One file, in one line if that holds it: `ok        case.json        4 executions, 6 expectations met`. */
export function resultLines(result: Result, options: TextOptions): Line[] {
  const word = verdict(result);
  const tone = word === 'ok' ? 'pass' : 'fail';
  const name = `${word.padEnd(8)}  ${result.name}`;
  const whole = spread(name, details(result), options, tone);
  if (whole.text.length <= options.width) return [whole];
  // A path stays whole, so that it can be copied; what became of it has a line of its own.
  return [{ text: name, tone }, spread('', details(result), options, tone)];
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

function details(result: Result): string {
  if ('reasons' in result) return count(result.reasons.length, 'problem');
  const { executions, expectations } = result.run;
  const { met, unmet } = expectations;
  const expected = met + unmet.length;
  const words =
    expected === 0
      ? 'nothing expected'
      : unmet.length === 0
        ? `${count(met, 'expectation')} met`
        : `${met} of ${count(expected, 'expectation')} met`;
  return `${count(executions.length, 'execution')}, ${words}`;
}

/** All files in one line: `3 files: 2 ok, 1 unmet`. */
export function totalLine(results: readonly Result[]): Line {
  const counts = new Map<Verdict, number>();
  for (const result of results) counts.set(verdict(result), (counts.get(verdict(result)) ?? 0) + 1);
  const parts = [...counts].map(([word, files]) => `${files} ${word}`);
  const allOk = counts.get('ok') === results.length;
  return { text: `${results.length} files: ${parts.join(', ')}`, tone: allOk ? 'pass' : 'fail' };
}
