// SPDX-License-Identifier: MIT
import { CHECK_PLACES } from '../kernel/check-places.ts';
import { isUnknown } from '../kernel/unknown.ts';
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

/** The field of the reply that a failed check is about; null for a check on something else. */
export function blamedField({ check, which }: CheckRecord): FieldRef | null {
  const blames = isUnknown(check) ? null : CHECK_PLACES[check].blames;
  if (blames?.in === 'reply') return blames.header && { part: 'header', field: blames.header };
  if (blames?.in !== 'mapping') return null;
  const mapping = which === null || isUnknown(which) ? blames.slot : which;
  return { part: mapping ?? 'read', field: blames.fields[0] };
}

/** First the field that decided, then those that the audit would have refused too. */
export function blamedFields(execution: Execution): { decided: FieldRef | null; also: FieldRef[] } {
  return {
    decided: execution.decided === null ? null : blamedField(execution.decided),
    also: execution.path
      .filter(({ result }) => result === 'would-fail')
      .map(blamedField)
      .filter((ref) => ref !== null),
  };
}
