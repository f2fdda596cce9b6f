// SPDX-License-Identifier: MIT
/**
 * Which checks of a mapping a statement makes, by what its conditions compare: the operands and the operator, however
 * they are spelt. Our own descriptions of the conditions, loose enough for code that was never seen.
 */
import type { CheckId } from '../kernel/checks.ts';
import type { Atom, Term } from './c-condition.ts';
import {
  ORDERS,
  compares,
  fieldsIn,
  has,
  hasField,
  hasName,
  isField,
  isInverted,
  made,
  orders,
  partsOf,
  type Conditions,
  type Place,
  type Test,
} from './patch-terms.ts';

const IS_OVERWRITE = /^PURE_OVERWRITE$/;
const IS_CACHE_TYPE = /^(?:RETRY_CACHE|NOCACHE)$/;
/** The types that have conditions of their own on flags, dev and addr, which else read the same. */
const isOther = ({ label }: Place): boolean =>
  label === null || !(IS_OVERWRITE.test(label) || IS_CACHE_TYPE.test(label));
const isBelow = ({ label }: Place, types: RegExp): boolean => label !== null && types.test(label);

/** A field that must have its empty value below the labels of some types. */
const bare =
  (types: RegExp, field: string, empty: RegExp): Test =>
  (atom, place) =>
    isBelow(place, types) && equality(atom, field, empty) === '!=';

/** The conditions of fuse_iomap_check_mapping, in its order. */
const MAPPING: Conditions = [
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
  [
    'dev-forbidden',
    (atom, place) => place.label !== null && isOther(place) && equality(atom, 'dev', /DEV_NULL$/) === '!=',
  ],
  ['addr-forbidden', (atom, place) => isOther(place) && equality(atom, 'addr', /NULL_ADDR$/) === '!='],
  [
    'overwrite-on-read',
    ({ term }) => compares(term) && hasName(term, /PURE_OVERWRITE$|iodir|(?:READ|WRITE)_MAPPING$/),
  ],
  ['overwrite-flags', bare(IS_OVERWRITE, 'flags', /^0$/)],
  ['overwrite-dev', bare(IS_OVERWRITE, 'dev', /DEV_NULL$/)],
  ['overwrite-addr', bare(IS_OVERWRITE, 'addr', /NULL_ADDR$/)],
  ['cache-unavailable', ({ term }) => has(term, (part) => part.kind === 'call' && /cache/i.test(part.name))],
  ['cache-type-flags', bare(IS_CACHE_TYPE, 'flags', /^0$/)],
  ['cache-type-dev', bare(IS_CACHE_TYPE, 'dev', /DEV_NULL$/)],
  ['cache-type-addr', bare(IS_CACHE_TYPE, 'addr', /NULL_ADDR$/)],
  ['dev-unsupported', (atom, { label }) => label === null && equality(atom, 'dev', /DEV_NULL$/) === '!='],
  ['device-range-overflow', ({ term }) => overflows(term, 'addr')],
];

/** Those of fuse_iomap_begin_validate. */
const VALIDATE: Conditions = [
  ['nocache-on-begin', ({ term }) => hasName(term, /NOCACHE$/)],
  ['read-after-pos', ({ term }) => beginsAtPos(term, 'read')],
  ['write-after-pos', ({ term }) => beginsAtPos(term, 'write')],
  ['read-before-pos', ({ term }) => endsAtPos(term, 'read')],
  ['write-before-pos', ({ term }) => endsAtPos(term, 'write')],
  [
    'retry-uncached-op',
    ({ term }) =>
      (compares(term) && hasName(term, /RETRY_CACHE$/)) ||
      (term.kind === 'call' && /can_cache|uncached/.test(term.name)),
  ],
  [
    'atomic-not-mapped',
    ({ term }) => compares(term) && hasField(term, 'type') && hasName(term, /_(?:MAPPED|UNWRITTEN)$/),
  ],
  ['atomic-no-flag', ({ term }) => hasField(term, 'flags') && hasName(term, /ATOMIC_BIO$/)],
];

/** The checks that are known by their conditions. */
export const MAPPING_CHECKS: readonly CheckId[] = [...MAPPING, ...VALIDATE].map(([check]) => check);

/** The checks of fuse_iomap_check_mapping that a statement makes. */
export function mappingChecks(statement: string, place: Place): CheckId[] {
  const found = made(MAPPING, statement, place);
  // There the address is tested only to know whether there is a range.
  return found.includes('device-range-overflow')
    ? found.filter((check) => !/^(?:addr-forbidden|overwrite-addr|cache-type-addr)$/.test(check))
    : found;
}

/** The checks of fuse_iomap_begin_validate that a statement makes. */
export const validateChecks = (statement: string): CheckId[] => made(VALIDATE, statement, { label: null });

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
