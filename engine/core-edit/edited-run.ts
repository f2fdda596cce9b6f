// SPDX-License-Identifier: MIT
import type { LogLine, Run } from '../run/types.ts';

/**
 * Marks all verdicts of a run as those of an edited core: it was never compared with compiled C. The conditions in its
 * log lines are those of the shipped source, so they become `?`, like all that is not known there.
 */
export function asEdited(run: Run): Run {
  for (const execution of run.executions) {
    execution.trust = 'edited';
    execution.log = execution.log.map(withoutCondition);
    for (const call of execution.io?.calls ?? []) call.trust = 'edited';
  }
  return run;
}

/** The lines that quote a condition, as engine/run/tracepoints.ts prints them. */
const CONDITIONS: readonly RegExp[] = [
  /^(fuse_iomap_bad_data: .* condition ).*()$/,
  /^((?:Bad mapping|Assertion failed): ).*(, func: )/,
  /^(WARNING: fuse_\w+: ).*()$/,
];

function withoutCondition(line: LogLine): LogLine {
  const quotes = CONDITIONS.find((each) => each.test(line.text));
  return quotes ? { ...line, text: line.text.replace(quotes, '$1?$2') } : line;
}
