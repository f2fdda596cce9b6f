// SPDX-License-Identifier: MIT
import type { CheckId } from '../kernel/checks.ts';
import { atomsOf, type Atom, type Term } from './c-condition.ts';

/**
 * Which checks of a mapping a statement makes, by what its conditions compare: the operands and the operator, however
 * they are spelt. Our own descriptions of the conditions, loose enough for code that was never seen.
 */

/** Below a label of the switch on the mapping's type, or where none is seen. */
export interface Place {
  belowLabel: boolean;
}

type Test = (atom: Atom, place: Place) => boolean;

const FIELDS = new Set(['offset', 'length', 'addr', 'type', 'flags', 'dev']);
const COMPARES = new Set(['==', '!=', '<', '>', '<=', '>=']);
const ORDERS = new Set(['<', '>', '<=', '>=']);

/** The conditions of fuse_iomap_check_mapping, in its order. */
const MAPPING: readonly (readonly [CheckId, Test])[] = [
  ['type-unknown', ({ term }) => isValidity(term, 'type') || (orders(term) && hasField(term, 'type'))],
  [
    'flags-unknown',
    ({ term }) => isValidity(term, 'flags') || (hasField(term, 'flags') && has(term, isInverted)),
  ],
  ['length-zero', (atom) => isZero(atom, 'length')],
  ['offset-unaligned', ({ term }) => alignmentOf(term).has('offset')],
  ['length-unaligned', ({ term }) => alignmentOf(term).has('length')],
  ['file-range-overflow', ({ term }) => overflows(term, 'offset')],
  [
    'offset-past-maxbytes',
    ({ term }) => orders(term) && hasField(term, 'offset') && hasName(term, /maxbytes/i),
  ],
  ['dev-missing', (atom) => equality(atom, 'dev', /DEV_NULL$/) === '=='],
  ['addr-missing', (atom) => equality(atom, 'addr', /NULL_ADDR$/) === '=='],
  ['dev-forbidden', (atom, { belowLabel }) => belowLabel && equality(atom, 'dev', /DEV_NULL$/) === '!='],
  ['addr-forbidden', (atom) => equality(atom, 'addr', /NULL_ADDR$/) === '!='],
  [
    'overwrite-on-read',
    ({ term }) => compares(term) && hasName(term, /PURE_OVERWRITE$|iodir|(?:READ|WRITE)_MAPPING$/),
  ],
  ['dev-unsupported', (atom, { belowLabel }) => !belowLabel && equality(atom, 'dev', /DEV_NULL$/) === '!='],
  ['device-range-overflow', ({ term }) => overflows(term, 'addr')],
];

/** Those of fuse_iomap_begin_validate. */
const VALIDATE: readonly (readonly [CheckId, Test])[] = [
  ['nocache-on-begin', ({ term }) => hasName(term, /NOCACHE$/)],
  ['read-after-pos', ({ term }) => beginsAtPos(term, 'read')],
  ['write-after-pos', ({ term }) => beginsAtPos(term, 'write')],
  ['read-before-pos', ({ term }) => endsAtPos(term, 'read')],
  ['write-before-pos', ({ term }) => endsAtPos(term, 'write')],
];

/** The checks that are known by their conditions. */
export const MADE_CHECKS: readonly CheckId[] = [...MAPPING, ...VALIDATE].map(([check]) => check);

/** The checks of fuse_iomap_check_mapping that a statement makes. */
export function mappingChecks(statement: string, place: Place): CheckId[] {
  const found = made(MAPPING, statement, place);
  // There the address is tested only to know whether there is a range.
  return found.includes('device-range-overflow')
    ? found.filter((check) => check !== 'addr-forbidden')
    : found;
}

/** The checks of fuse_iomap_begin_validate that a statement makes. */
export const validateChecks = (statement: string): CheckId[] =>
  made(VALIDATE, statement, { belowLabel: false });

function made(tests: typeof MAPPING, statement: string, place: Place): CheckId[] {
  const atoms = atomsOf(statement);
  return tests.filter(([, test]) => atoms.some((atom) => test(atom, place))).map(([check]) => check);
}

const partsOf = (term: Term): readonly Term[] =>
  term.kind === 'call'
    ? term.args
    : term.kind === 'unary'
      ? [term.of]
      : term.kind === 'binary'
        ? [term.left, term.right]
        : [];

const has = (term: Term, test: (term: Term) => boolean): boolean =>
  test(term) || partsOf(term).some((part) => has(part, test));

const compares = (term: Term): boolean => term.kind === 'binary' && COMPARES.has(term.op);
const orders = (term: Term): boolean => term.kind === 'binary' && ORDERS.has(term.op);
const isInverted = (term: Term): boolean => term.kind === 'unary' && term.op === '~';
const isField = (term: Term, field: string): boolean => term.kind === 'name' && term.path.at(-1) === field;
const hasField = (term: Term, field: string): boolean => has(term, (part) => isField(part, field));
const hasName = (term: Term, name: RegExp): boolean =>
  has(term, (part) => part.kind === 'name' && part.path.some((one) => name.test(one)));

function fieldsIn(term: Term, into = new Set<string>()): Set<string> {
  if (term.kind === 'name' && FIELDS.has(term.path.at(-1)!)) into.add(term.path.at(-1)!);
  for (const part of partsOf(term)) fieldsIn(part, into);
  return into;
}

/** A function that is asked whether a type or flags are known. */
const isValidity = (term: Term, field: string): boolean =>
  term.kind === 'call' &&
  term.name.includes(field) &&
  /check|valid|known|bad|ok/i.test(term.name) &&
  term.args.some((arg) => hasField(arg, field));

/** Whether a field is held against a constant, or against 0: `==`, `!=`, or null. */
function equality({ negated, term }: Atom, field: string, constant: RegExp): '==' | '!=' | null {
  if (isField(term, field)) return negated ? '==' : '!=';
  if (term.kind !== 'binary' || (term.op !== '==' && term.op !== '!=')) return null;
  const other = isField(term.left, field) ? term.right : isField(term.right, field) ? term.left : null;
  if (other?.kind !== 'name' || !(other.path.at(-1) === '0' || constant.test(other.path.at(-1)!)))
    return null;
  return (term.op === '==') !== negated ? '==' : '!=';
}

/** `!length`, `length == 0`, `length < 1`, and their opposites. */
function isZero(atom: Atom, field: string): boolean {
  if (equality(atom, field, /^0$/) !== null) return true;
  const { term } = atom;
  if (term.kind !== 'binary' || !ORDERS.has(term.op)) return false;
  const other = isField(term.left, field) ? term.right : isField(term.right, field) ? term.left : null;
  return other?.kind === 'name' && /^[01]$/.test(other.path.at(-1)!);
}

/** The fields whose alignment is tested: IS_ALIGNED(x, …), x % …, x & (… - 1). */
function alignmentOf(term: Term): Set<string> {
  const tested = new Set<string>();
  const walk = (part: Term): void => {
    if (part.kind === 'call' && /aligned/i.test(part.name)) fieldsIn(part.args[0]!, tested);
    else if (part.kind === 'binary' && part.op === '%') fieldsIn(part.left, tested);
    else if (part.kind === 'binary' && part.op === '&' && isMask(part.right)) fieldsIn(part.left, tested);
    else for (const one of partsOf(part)) walk(one);
  };
  walk(term);
  return tested;
}

/** `blocksize - 1`, or a name of a mask of blocks. */
const isMask = (term: Term): boolean =>
  (term.kind === 'binary' && term.op === '-') || hasName(term, /mask|block/i);

/** Whether it is tested that a field and the length pass the end of 64 bits. */
function overflows(term: Term, field: string): boolean {
  if (term.kind === 'call' && /overflow/.test(term.name)) {
    const fields = fieldsIn(term);
    return fields.has(field) && fields.has('length');
  }
  if (term.kind !== 'binary' || !ORDERS.has(term.op)) return false;
  const [sum, other] = isSum(term.left) ? [term.left, term.right] : [term.right, term.left];
  return isSum(sum) && hasField(sum, field) && hasField(sum, 'length') && fieldsIn(other).size > 0;
}

const isSum = (term: Term): boolean => term.kind === 'binary' && term.op === '+';

/** `read->offset > pos`, either way round. */
function beginsAtPos(term: Term, slot: string): boolean {
  if (term.kind !== 'binary' || !ORDERS.has(term.op)) return false;
  return [
    [term.left, term.right],
    [term.right, term.left],
  ].some(([one, other]) => isField(one!, 'offset') && isOf(one!, slot) && isPos(other!));
}

/** `read->offset + read->length <= pos`, either way round, or with a name for the end. */
function endsAtPos(term: Term, slot: string): boolean {
  if (term.kind !== 'binary' || !ORDERS.has(term.op)) return false;
  return [
    [term.left, term.right],
    [term.right, term.left],
  ].some(([one, other]) => isOf(one!, slot) && (isSum(one!) || hasName(one!, /end$/)) && isPos(other!));
}

const isPos = (term: Term): boolean => term.kind === 'name' && term.path.at(-1) === 'pos';
const isOf = (term: Term, slot: string): boolean =>
  has(
    term,
    (part) => part.kind === 'name' && part.path.some((one) => new RegExp(`^${slot}(?:_|$)`).test(one)),
  );
