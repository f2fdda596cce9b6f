// SPDX-License-Identifier: MIT
/** Leaves whose values have names in a table of the kernel: each is a name, or a raw number, to send nonsense on purpose. */
import { FUSE_IOMAP_TYPE, IOMAP_OP, flagNames, nameOf, type NameTable } from '../kernel/names.ts';
import { PLAIN_NUMBERING, joinOps, opNames, rawOpCode, rawTypeCode, typeNumber } from '../kernel/codes.ts';
import { advice } from './advice-words.ts';
import { leaf, list } from './build.ts';
import {
  anyOfJson,
  expectedWords,
  readInteger,
  small,
  spellNamed,
  toNumber,
  words,
  type IntegerOptions,
  type Written,
} from './integer-leaf.ts';
import { U32_MAX, spellInteger } from './integers.ts';

/** One of a table's names, or a raw number up to `max`, so that nonsense can be sent on purpose. */
export function named(table: NameTable, max: number, description: string) {
  return small({ min: 0n, max: BigInt(max), names: bigNames(table), description });
}

/** Flags: a list of names and raw numbers that are or-ed together, or one of them alone. Output: a number. */
export function flags(table: NameTable, max: number, description: string) {
  const one: IntegerOptions = { min: 0n, max: BigInt(max), names: bigNames(table), description: '' };
  return list<Written, number>({
    item: small(one),
    maxItems: 40,
    join: (bits) => bits.reduce((all, bit) => (all | bit) >>> 0, 0),
    spell: (value) => flagNames(table, value),
    description,
  });
}

/**
 * FUSE_IOMAP_TYPE_*, or a raw u16, as a code of numbering.ts: a name is the type whatever its number in a revision, a
 * raw number stays that number.
 */
export function mappingType(description: string) {
  const options: IntegerOptions = { min: 0n, max: 0xffffn, names: bigNames(FUSE_IOMAP_TYPE), description };
  return leaf<Written, number>({
    read: (raw) => {
      const number = toNumber(readInteger(options, raw));
      const byName = typeof raw === 'string' && Object.hasOwn(FUSE_IOMAP_TYPE, raw);
      return number === undefined || byName ? number : rawTypeCode(number);
    },
    spell: (code) => nameOf(FUSE_IOMAP_TYPE, code) ?? spellInteger(typeNumber(code)),
    expected: expectedWords(options),
    advice: (raw) => advice.numberAdvice?.(raw, options.max, Object.keys(FUSE_IOMAP_TYPE)),
    words: words(options),
    jsonSchema: anyOfJson(words(options)),
    description,
  });
}

/** IOMAP_* op flags as a code of numbering.ts: names and raw numbers, as in flags(). */
export function opFlags(description: string) {
  const one: IntegerOptions = {
    min: 0n,
    max: BigInt(U32_MAX),
    names: bigNames(IOMAP_OP),
    description: '',
  };
  const item = leaf<Written, number>({
    read: (raw) => {
      const number = toNumber(readInteger(one, raw));
      const byName = typeof raw === 'string' && Object.hasOwn(IOMAP_OP, raw);
      return number === undefined || byName ? number : rawOpCode(number);
    },
    spell: (code) => nameOf(IOMAP_OP, code) ?? spellInteger(PLAIN_NUMBERING.opOf(code)),
    expected: expectedWords(one),
    advice: (raw) => advice.numberAdvice?.(raw, one.max, Object.keys(IOMAP_OP)),
    words: words(one),
    jsonSchema: anyOfJson(words(one)),
    description: '',
  });
  return list<Written, number>({
    item,
    maxItems: 40,
    join: (codes) => codes.reduce(joinOps, 0),
    spell: (code) => opNames(code),
    description,
  });
}

/** A command number, by name or raw; one of `refused` (name → number) is turned down with `why`. */
export function command(table: NameTable, refused: NameTable, why: string, description: string) {
  const options: IntegerOptions = { min: 0n, max: BigInt(U32_MAX), names: bigNames(table), description };
  const all = { ...options, names: { ...options.names, ...bigNames(refused) } };
  return leaf<Written, number>({
    read: (raw) => {
      const number = toNumber(readInteger(all, raw));
      return number === undefined || nameOf(refused, number) !== undefined ? undefined : number;
    },
    spell: (value) => spellNamed(options, BigInt(value)),
    expected: expectedWords(options),
    advice: (raw) => advice.numberAdvice?.(raw, options.max, Object.keys(table)),
    instead: (raw) => {
      const name = nameOf(refused, toNumber(readInteger(all, raw)) ?? -1);
      return name === undefined ? undefined : `${name} ${why}`;
    },
    words: Object.keys(table),
    jsonSchema: anyOfJson(words(options)),
    description,
  });
}

function bigNames(table: NameTable): Record<string, bigint> {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, BigInt(value)]));
}
