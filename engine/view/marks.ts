// SPDX-License-Identifier: MIT
import type { CheckId } from '../kernel/checks.ts';
import { checkWords } from '../checks/words.ts';
import type { CheckRecord, Execution } from '../run/types.ts';

/** Marks a field of a step with the check that refused it, or that would have. */
export interface Mark {
  kind: 'refused' | 'would-refuse';
  check: CheckId;
  /** The check's condition with live numbers: `read.offset 8192 > pos 4096`. */
  text: string;
}

/** The fields that a check is about, the one to change first. Within a mapping, or else within the step. */
const FIELDS: Partial<Record<CheckId, readonly string[]>> = {
  'type-unknown': ['type'],
  'flags-unknown': ['flags'],
  'length-zero': ['length'],
  'offset-unaligned': ['offset'],
  'length-unaligned': ['length'],
  'file-range-overflow': ['length', 'offset'],
  'offset-past-maxbytes': ['offset'],
  'dev-missing': ['dev'],
  'addr-missing': ['addr'],
  'dev-forbidden': ['dev'],
  'addr-forbidden': ['addr'],
  'overwrite-on-read': ['type'],
  'dev-unsupported': ['dev'],
  'device-range-overflow': ['addr', 'length'],
  'read-after-pos': ['offset'],
  'write-after-pos': ['offset'],
  'read-before-pos': ['length', 'offset'],
  'write-before-pos': ['length', 'offset'],
  'dev-not-found': ['dev'],
  'cache-unavailable': ['type'],
  'nocache-on-begin': ['type'],
  'ioctl-no-connection': ['connection'],
  'ioctl-unknown': ['cmd'],
  'open-copy': ['copy'],
  'close-copy': ['copy'],
  'open-type-unknown': ['type'],
  'open-flags': ['flags'],
  'open-padding': ['padding'],
  'open-badfd': ['fd'],
  'open-may-open': ['fd'],
  'open-nomem': ['allocation'],
  'close-badid': ['id'],
  'close-noent': ['id'],
  'close-busy': ['id'],
  'passthrough-badid': ['id'],
  'passthrough-noent': ['id'],
  'reply-short-header': ['reply', 'hex'],
  'reply-length': ['reply', 'hex'],
  'reply-error-range': ['reply', 'error'],
  'reply-unique': ['reply', 'hex'],
  'reply-error-payload': ['reply', 'hex'],
  'reply-size': ['reply', 'hex'],
};

/** The place of the field within the step, from `check` and the mapping that it looked at. */
export function fieldPaths({ check, which }: Pick<CheckRecord, 'check' | 'which'>): string[][] {
  const fields = FIELDS[check];
  if (!fields) return [];
  if (fields[0] === 'reply') return [[...fields]];
  const mapping = which ?? (check.startsWith('read-') ? 'read' : check.startsWith('write-') ? 'write' : null);
  return fields.map((field) => (mapping ? ['reply', mapping, field] : [field]));
}

/** The marks of an execution by the field's path within its step, joined with dots. */
export function marksOf(execution: Execution): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const record of execution.path) {
    if (record.result !== 'fail' && record.result !== 'would-fail') continue;
    const decided = record.result === 'fail';
    const [field] = fieldPaths(record);
    const key = field?.join('.');
    if (key === undefined || (marks.has(key) && !decided)) continue;
    marks.set(key, {
      kind: decided ? 'refused' : 'would-refuse',
      check: record.check,
      text: checkWords[record.check].predicate(record.operands, record.which),
    });
  }
  return marks;
}
