// SPDX-License-Identifier: MIT
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
  predicate(operands: readonly bigint[], which?: 'read' | 'write' | null): string;
  /** Why it refused, one or two sentences with live numbers. */
  sentence(operands: readonly bigint[], which: 'read' | 'write' | null, scenario: Scenario): string;
}

type Predicate = (operands: Operands, mapping: string) => string;
type Sentence = (operands: Operands, mapping: string, scenario: Scenario) => string;

/** Makes an entry; `operands` are names separated by spaces. */
export function words(
  label: string,
  fn: string,
  operands: string,
  predicate: Predicate,
  sentence: Sentence,
): CheckWords {
  return {
    label,
    fn,
    operands: operands === '' ? [] : operands.split(' '),
    predicate: (values, which) => predicate(full(values), which ?? 'map'),
    sentence: (values, which, scenario) => sentence(full(values), which ?? 'map', scenario),
  };
}

function full(values: readonly bigint[]): Operands {
  const [a = 0n, b = 0n, c = 0n, d = 0n, ...rest] = values;
  return [a, b, c, d, ...rest];
}
