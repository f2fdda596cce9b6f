// SPDX-License-Identifier: MIT
import type { CheckId } from '../kernel/checks.ts';
import { CHECK_PLACES } from '../kernel/check-places.ts';
import { isUnknown } from '../kernel/unknown.ts';
import { wordsOf } from '../checks/words.ts';
import type { CheckRecord, Execution } from '../run/types.ts';

/** Marks a field of a step with the check that refused it, or that would have. */
export interface Mark {
  kind: 'refused' | 'would-refuse';
  check: CheckId;
  /** The check's condition with live numbers: `read.offset 8192 > pos 4096`; of an edited core, the numbers alone. */
  text: string;
}

/** The place of the field within the step, from `check` and the mapping that it looked at. */
export function fieldPaths({ check, which }: Pick<CheckRecord, 'check' | 'which'>): string[][] {
  const blames = isUnknown(check) ? null : CHECK_PLACES[check].blames;
  switch (blames?.in) {
    case 'reply':
      return [['reply', blames.key]];
    case 'mapping': {
      const mapping = which ?? blames.slot;
      return blames.fields.map((field) => (mapping === null ? [field] : ['reply', mapping, field]));
    }
    case 'step':
      return blames.fields.map((field) => [field]);
    default:
      return [];
  }
}

/** The marks of an execution by the field's path within its step, joined with dots. */
export function marksOf(execution: Execution): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const record of execution.path) {
    const { check } = record;
    if (isUnknown(check)) continue;
    if (record.result !== 'fail' && record.result !== 'would-fail') continue;
    const decided = record.result === 'fail';
    const [field] = fieldPaths(record);
    const key = field?.join('.');
    if (key === undefined || (marks.has(key) && !decided)) continue;
    marks.set(key, {
      kind: decided ? 'refused' : 'would-refuse',
      check,
      text: wordsOf(check, execution).predicate(record.operands, record.which),
    });
  }
  return marks;
}
