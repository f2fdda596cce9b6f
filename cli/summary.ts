// SPDX-License-Identifier: GPL-2.0-only
import { count } from '../engine/checks/format.ts';
import type { Line, TextOptions } from '../engine/text/line.ts';
import { spread } from '../engine/text/line.ts';
import { stoppedShort } from '../engine/run/stopped.ts';
import type { Result } from './commands/run.ts';

type Verdict = 'ok' | 'unmet' | 'stopped' | 'unusable';

function verdict(result: Result): Verdict {
  if ('reasons' in result) return 'unusable';
  if (stoppedShort(result.run, result.scenario)) return 'stopped';
  return result.run.expectations.unmet.length > 0 ? 'unmet' : 'ok';
}

/** One file in one line: `ok        case.json        4 executions, 6 expectations met`. */
export function resultLine(result: Result, options: TextOptions): Line {
  const word = verdict(result);
  return spread(
    `${word.padEnd(8)}  ${result.name}`,
    details(result),
    options,
    word === 'ok' ? 'pass' : 'fail',
  );
}

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
