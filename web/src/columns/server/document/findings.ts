// SPDX-License-Identifier: MIT
import { isUnknown, told } from '#engine/kernel/unknown.ts';
import { wordsOf } from '#engine/checks/words.ts';
import type { CheckId } from '#engine/kernel/checks.ts';
import { expectedPath } from '#engine/scenario/expected.ts';
import type { ParsedDocument, Span } from '#engine/scenario/parse.ts';
import { fieldPaths } from '#engine/view/marks.ts';
import type { Detail } from '../../../workers/protocol.ts';
import type { Summary } from '#engine/view/summary.ts';

/** Something to mark in the text, in the one wording that the whole page has for it. */
export interface Finding {
  severity: 'error' | 'warning' | 'info';
  message: string;
  start: number;
  end: number;
  line: number;
  column: number;
  /** The check that it came from, for its catalogue entry. */
  check?: CheckId;
}

/**
 * What is to be marked in the text of a document: its own problems, the fields that the chosen step's checks
 * refused, and the expectations that did not hold.
 */
export function findings(parsed: ParsedDocument, detail: Detail | null, summary: Summary | null): Finding[] {
  const found: Finding[] = parsed.problems.map(({ severity, message, start, end, line, column }) => ({
    severity,
    message,
    start,
    end,
    line,
    column,
  }));
  if (parsed.scenario === null) return found;
  const mark = (span: Span | null, rest: Pick<Finding, 'severity' | 'message' | 'check'>) => {
    if (span) found.push({ ...rest, start: span.start, end: span.end, line: span.line, column: span.column });
  };
  for (const record of detail?.execution.path ?? []) {
    if (record.result !== 'fail' && record.result !== 'would-fail') continue;
    const { check, which, operands } = record;
    const said = wordsOf(check, detail!.execution);
    const name = told('check', check);
    const decided = record.result === 'fail';
    const edited = detail!.execution.trust === 'edited';
    // Of an edited core the numbers are all that is known.
    const words = edited ? said.predicate(operands, which) : said.sentence(operands, which, parsed.scenario);
    const step = ['steps', detail!.execution.step];
    mark(nearest(parsed, step, fieldPaths(record)), {
      severity: decided ? 'error' : 'warning',
      message: decided ? `${name}: ${words}` : `${name} would refuse it too: ${words}`,
      ...(isUnknown(check) ? {} : { check }),
    });
  }
  for (const { step, path, expected, actual } of summary?.columns.mismatches ?? []) {
    const place = [
      'steps',
      step,
      ...expectedPath(parsed.scenario.steps[step], parsed.scenario.kernel.revision),
    ];
    mark(parsed.locate([...place, ...path]) ?? parsed.locate(place), {
      severity: 'warning',
      message: `Expected ${expected}, got ${actual}.`,
    });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The first of the fields that stands in the text, or what holds it, or the step. */
function nearest(parsed: ParsedDocument, step: (string | number)[], paths: string[][]): Span | null {
  for (const path of paths) {
    const span = parsed.locate([...step, ...path]);
    if (span) return span;
  }
  const path = paths[0] ?? [];
  for (let depth = path.length - 1; depth > 0; depth--) {
    const span = parsed.locate([...step, ...path.slice(0, depth)]);
    // The field is left out: its place is where what holds it begins.
    if (span) return { ...span, end: span.start + 1 };
  }
  return parsed.locate([...step, 'do']) ?? parsed.locate(step);
}
