// SPDX-License-Identifier: MIT
import type { CheckId } from '../kernel/checks.ts';
import type { CheckRecord, Execution } from '../run/types.ts';
import type { Part } from './byte-fields.ts';

/** Names one field of a message, so that struct cards, forms and bytes can point at each other. */
export interface FieldRef {
  part: Part;
  field: string;
}

/** Called with the field under the pointer or the focus, and with null when it is left. */
export type OnField = (ref: FieldRef | null) => void;

export const sameField = (a: FieldRef | null | undefined, b: FieldRef | null | undefined) =>
  a != null && b != null && a.part === b.part && a.field === b.field;

/** The field that a check is about. Checks on more than one field blame the one a server would change first. */
const BLAMED: Partial<Record<CheckId, string>> = {
  'type-unknown': 'type',
  'flags-unknown': 'flags',
  'length-zero': 'length',
  'offset-unaligned': 'offset',
  'length-unaligned': 'length',
  'file-range-overflow': 'length',
  'offset-past-maxbytes': 'offset',
  'dev-missing': 'dev',
  'addr-missing': 'addr',
  'dev-forbidden': 'dev',
  'addr-forbidden': 'addr',
  'overwrite-on-read': 'type',
  'dev-unsupported': 'dev',
  'device-range-overflow': 'addr',
  'cache-unavailable': 'type',
  'nocache-on-begin': 'type',
  'read-after-pos': 'offset',
  'write-after-pos': 'offset',
  'read-before-pos': 'length',
  'write-before-pos': 'length',
  'dev-not-found': 'dev',
};

const BLAMED_HEADER: Partial<Record<CheckId, string>> = {
  'reply-length': 'len',
  'reply-size': 'len',
  'reply-error-range': 'error',
  'reply-error-payload': 'error',
  'reply-unique': 'unique',
};

/** The field of the reply that a failed check is about; null for a check on something else. */
export function blamedField({ check, which }: CheckRecord): FieldRef | null {
  const header = BLAMED_HEADER[check];
  if (header !== undefined) return { part: 'header', field: header };
  const field = BLAMED[check];
  const mapping = which ?? (check.startsWith('write-') ? 'write' : 'read');
  return field === undefined ? null : { part: mapping, field };
}

/** The field that decided, first, then those the audit would have refused too. */
export function blamedFields(execution: Execution): { decided: FieldRef | null; also: FieldRef[] } {
  return {
    decided: execution.decided === null ? null : blamedField(execution.decided),
    also: execution.path
      .filter(({ result }) => result === 'would-fail')
      .map(blamedField)
      .filter((ref) => ref !== null),
  };
}
