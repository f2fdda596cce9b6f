// SPDX-License-Identifier: MIT
import { isUnknown, unknownNumber, unknownWords } from '../kernel/unknown.ts';
import { operandText } from '../checks/operand-text.ts';
import { wordsOf } from '../checks/words.ts';
import type { CheckRecord, Execution } from '../run/types.ts';
import { marks, row } from './line.ts';
import type { Line, TextOptions } from './line.ts';

/** Whose checks they are. */
type Said = Pick<Execution, 'trust'>;

/** Where a check's text begins: after its mapping and its mark. */
const HANG = 12;

/**
 * The path of checks. Passed ones are grouped by mapping, unless all are wanted; the one that decided and
 * those that the audit found have a line each.
 */
export function checkLines(execution: Execution, options: TextOptions): Line[] {
  const { path, decided } = execution;
  if (path.length === 0) return [];
  const lines: Line[] = [{ text: '  checks', tone: 'plain' }];
  let passed: CheckRecord[] = [];
  const flush = () => {
    if (passed.length > 0) lines.push(...passedLines(passed, execution, options));
    passed = [];
  };
  for (const record of path) {
    if (record.result === 'would-pass' && !options.verbose) continue;
    if (record.result === 'pass' && !options.verbose) {
      if (passed[0] !== undefined && group(passed[0], execution) !== group(record, execution)) flush();
      passed.push(record);
      continue;
    }
    flush();
    const decides = record.result === 'fail' && decided !== null;
    lines.push(...recordLines(record, execution, decides, options));
  }
  flush();
  return lines;
}

/** The mapping that a row of passed checks is for; null if their labels name it themselves. */
function group({ check, which }: CheckRecord, said: Said): CheckRecord['which'] {
  return which !== null && wordsOf(check, said).label.startsWith(`${which} `) ? null : which;
}

function label(which: CheckRecord['which'], mark: string): string {
  const mapping = which === null ? '' : isUnknown(which) ? `slot ${unknownNumber(which)}?` : which;
  return `  ${mapping.padEnd(6)}${mark}`;
}

function passedLines(records: CheckRecord[], said: Said, options: TextOptions): Line[] {
  const names = records.map(({ check }) => wordsOf(check, said).label);
  const which = records[0] === undefined ? null : group(records[0], said);
  return row(label(which, marks(options).pass), names, options, 'pass', ', ', HANG);
}

function recordLines(record: CheckRecord, said: Said, decided: boolean, options: TextOptions): Line[] {
  const { check, which, operands, result } = record;
  const { pass, fail, audit } = marks(options);
  const words = wordsOf(check, said);
  if (result === 'pass' || result === 'would-pass') {
    const values = operands.map((value, index) => operandText(check, words.operands[index] ?? '', value));
    const text = [`${words.label}:`, ...values.join(', ').split(' ')];
    const tail = result === 'pass' ? [] : ['(would pass)'];
    return row(
      label(which, pass),
      [...text, ...tail],
      options,
      result === 'pass' ? 'pass' : 'quiet',
      ' ',
      HANG,
    );
  }
  if (isUnknown(result)) {
    const text = `${words.label}: ${unknownWords('result', result)}`;
    return row(label(which, audit), text.split(' '), options, 'audit', ' ', HANG);
  }
  const text = isUnknown(check)
    ? words.predicate(operands, which)
    : `${check}: ${words.predicate(operands, which)}`;
  if (result === 'would-fail')
    return row(label(which, audit), [...text.split(' '), '(would also fail)'], options, 'audit', ' ', HANG);
  return row(
    label(which, fail),
    [...text.split(' '), ...(decided ? ['<- decided'] : [])],
    options,
    'fail',
    ' ',
    HANG,
  );
}
