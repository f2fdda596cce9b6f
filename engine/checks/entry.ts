// SPDX-License-Identifier: MIT
import { ungrouped } from '../kernel/digits.ts';
import { isUnknown } from '../kernel/unknown.ts';
import type { Which } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';

/** Operands as the core recorded them. The arity is that of `CheckWords.operands`; a missing one reads as 0. */
type Operands = readonly [bigint, bigint, bigint, bigint, ...bigint[]];

/** What the page, the command line and the text card say about one check. */
export interface CheckWords {
  /** Short, says what holds if the check passes: `offset aligned`. */
  label: string;
  /** Names of the operands in the order of CheckRecord.operands. */
  operands: readonly string[];
  /** The kernel function that asks. */
  fn: string;
  /** When the check refuses, C-like, with live numbers: `read.offset 8192 > pos 4096`. */
  predicate(operands: readonly bigint[], which?: Which): string;
  /** Why it refused, one or two sentences with live numbers. */
  sentence(operands: readonly bigint[], which: Which, scenario: Scenario): string;
}

type Predicate = (operands: Operands, mapping: string) => string;
type Sentence = (operands: Operands, mapping: string, scenario: Scenario) => string;

/** What is said of one check; the rest of its words are facts of the kernel (engine/kernel/check-facts.ts). */
export type Said = Pick<CheckWords, 'label' | 'predicate' | 'sentence'>;

/** Makes an entry. */
export function words(label: string, predicate: Predicate, sentence: Sentence): Said {
  return {
    label,
    predicate: (values, which) => ungrouped(predicate(full(values), mappingName(which))),
    sentence: (values, which, scenario) => sentence(full(values), mappingName(which), scenario),
  };
}

const mappingName = (which: Which | undefined) => (which == null || isUnknown(which) ? 'map' : which);

function full(values: readonly bigint[]): Operands {
  const [a = 0n, b = 0n, c = 0n, d = 0n, ...rest] = values;
  return [a, b, c, d, ...rest];
}
