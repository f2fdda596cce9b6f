// SPDX-License-Identifier: MIT
/** What the tables of conditions in patch-mapping.ts and patch-answers.ts are made of. */
import type { CheckId } from '../kernel/checks.ts';
import { atomsOf, type Atom, type Term } from './c-condition.ts';

/**
 * The label of the switch on the mapping's type that a statement is below: `MAPPED` of FUSE_IOMAP_TYPE_MAPPED, or
 * `default`; null where none is seen.
 */
export interface Place {
  label: string | null;
}

export type Test = (atom: Atom, place: Place) => boolean;

/** The checks of a function, each with what its condition compares. A check may have several rows. */
export type Conditions = readonly (readonly [CheckId, Test])[];

const FIELDS = new Set(['offset', 'length', 'addr', 'type', 'flags', 'dev']);
const COMPARES = new Set(['==', '!=', '<', '>', '<=', '>=']);
export const ORDERS = new Set(['<', '>', '<=', '>=']);

/** The checks that a statement makes, of those of a function. */
export function made(tests: Conditions, statement: string, place: Place): CheckId[] {
  const atoms = atomsOf(statement);
  return tests.filter(([, test]) => atoms.some((atom) => test(atom, place))).map(([check]) => check);
}

export const partsOf = (term: Term): readonly Term[] =>
  term.kind === 'call'
    ? term.args
    : term.kind === 'unary'
      ? [term.of]
      : term.kind === 'binary'
        ? [term.left, term.right]
        : [];

export const has = (term: Term, test: (term: Term) => boolean): boolean =>
  test(term) || partsOf(term).some((part) => has(part, test));

export const compares = (term: Term): boolean => term.kind === 'binary' && COMPARES.has(term.op);
export const orders = (term: Term): boolean => term.kind === 'binary' && ORDERS.has(term.op);
export const equates = (term: Term): boolean =>
  term.kind === 'binary' && (term.op === '==' || term.op === '!=');
export const isInverted = (term: Term): boolean => term.kind === 'unary' && term.op === '~';
export const isField = (term: Term, field: string): boolean =>
  term.kind === 'name' && term.path.at(-1) === field;
export const hasField = (term: Term, field: string): boolean => has(term, (part) => isField(part, field));
export const hasName = (term: Term, name: RegExp): boolean =>
  has(term, (part) => part.kind === 'name' && part.path.some((one) => name.test(one)));

/** The fields of a mapping that a term names. */
export function fieldsIn(term: Term, into = new Set<string>()): Set<string> {
  if (term.kind === 'name' && FIELDS.has(term.path.at(-1)!)) into.add(term.path.at(-1)!);
  for (const part of partsOf(term)) fieldsIn(part, into);
  return into;
}
