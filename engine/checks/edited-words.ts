// SPDX-License-Identifier: MIT
/**
 * What is said of a check of an edited core. The edit may have changed any condition, so none is told: a check's numbers
 * are what the core recorded, and an operator between them might be one that it no longer has.
 */
import { CHECK_FACTS } from '../kernel/check-facts.ts';
import type { CheckId } from '../kernel/checks.ts';
import type { CheckWords } from './entry.ts';
import { num } from './format.ts';
import { operandText, operandValue } from './operand-text.ts';

/** The words for a check of an edited core: its name, and its operands without an operator. */
export function editedWords(check: CheckId): CheckWords {
  const { fn, operands: names } = CHECK_FACTS[check];
  const name = (i: number) => names[i] ?? '';
  return {
    label: check,
    operands: names,
    fn,
    predicate: (operands) =>
      operands.map((value, i) => operandText(check, name(i), value)).join(', ') || 'no operands',
    sentence: (operands) => {
      const told = listed(operands.map((value, i) => operandValue(check, name(i), value, num)));
      return `Refused by the edited core's ${check}${told && `, with ${told}`}.`;
    },
  };
}

/** `a`, `a and b`, `a, b and c`. */
function listed(all: readonly string[]): string {
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}
