// SPDX-License-Identifier: MIT
/**
 * The leaf values of a scenario: what an author may write, and what the engine uses.
 *
 * The parser hands every JSON integer over as a bigint, read from the token's text, so no 64-bit value ever
 * goes through a double.
 */

import * as v from 'valibot';
import { ERRNO, errnoFromText, errnoText } from '../kernel/errno.ts';
import { FUSE_IOMAP_TYPE, IOMAP_OP, flagNames, nameOf, type NameTable } from '../kernel/names.ts';
import { PLAIN_NUMBERING, joinOps, opNames, rawOpCode, rawTypeCode, typeNumber } from '../kernel/codes.ts';
import { advice } from './advice-words.ts';
import { describe, leaf, list, type Spelling } from './build.ts';

export const U64_MAX = 0xffff_ffff_ffff_ffffn;
export const S64_MAX = 0x7fff_ffff_ffff_ffffn;
export const S64_MIN = -0x8000_0000_0000_0000n;
export const U32_MAX = 0xffff_ffff;

const SHIFT: Readonly<Record<string, bigint>> = { S: 9n, K: 10n, M: 20n, G: 30n, T: 40n, P: 50n, E: 60n };
const NUMBER = /^(-?)(0x[0-9a-f]+|[0-9]+)([SKMGTPE]?)$/i;

/** `"4K"`, `"8s"` (sectors), `"0x1000"`, `"4096"`, `"-5"` → a bigint; undefined if the text is not a number. No range is applied. */
export function parseInteger(text: string): bigint | undefined {
  // Longer than any 64-bit spelling: not a number worth the work of BigInt().
  if (text.length > 24) return undefined;
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign, digits, suffix] = match as unknown as [string, string, string, string];
  // A suffix belongs to decimal digits: the E of 0x1E is a digit, and 0x1K would read as a slip.
  if (suffix !== '' && /^0x/i.test(digits)) return undefined;
  const magnitude = BigInt(digits) << (suffix === '' ? 0n : SHIFT[suffix.toUpperCase()]!);
  return sign === '-' ? -magnitude : magnitude;
}

/** The one canonical spelling of an integer without a name: a JSON integer while a double holds it, else hex. */
export function spellInteger(value: bigint | number): Spelling {
  const big = BigInt(value);
  if (big >= BigInt(Number.MIN_SAFE_INTEGER) && big <= BigInt(Number.MAX_SAFE_INTEGER)) return big;
  return big < 0n ? `-0x${(-big).toString(16)}` : `0x${big.toString(16)}`;
}

interface IntegerOptions {
  min: bigint;
  max: bigint;
  description: string;
  /** Words that stand for a number, e.g. NULL_ADDR. */
  names?: Readonly<Record<string, bigint>>;
  /** Whether `-EIO` and its kin are numbers here. */
  errno?: boolean;
  /** Says why a number in range is not taken: a rule such as `a power of two`. */
  rule?: { holds: (value: bigint) => boolean; expected: string };
}

type Written = bigint | string;

/** What an author reads when a value does not fit, e.g. `an integer from 0 to 4294967295, or NULL_ADDR`. */
function expectedWords({ min, max, names, errno, rule }: IntegerOptions): string {
  const words = [...Object.keys(names ?? {}), ...(errno ? ['an errno name such as -EIO'] : [])];
  const number = rule === undefined ? `an integer from ${bound(min)} to ${bound(max)}` : rule.expected;
  return words.length === 0 ? number : `${number}, or ${words.join(', ')}`;
}

/** Bounds that are known by their hex digits are shown so. */
function bound(value: bigint): string {
  return value > 0xffffn ? `0x${value.toString(16)}` : String(value);
}

function readInteger(options: IntegerOptions, raw: unknown): bigint | undefined {
  let value: bigint | undefined;
  if (typeof raw === 'bigint') value = raw;
  else if (typeof raw === 'string') {
    value = lookUp(options.names, raw) ?? (options.errno ? errnoValue(raw) : undefined) ?? parseInteger(raw);
  }
  if (value === undefined || value < options.min || value > options.max) return undefined;
  return options.rule === undefined || options.rule.holds(value) ? value : undefined;
}

/** Own names only: `constructor` is not a number. */
function lookUp(names: Readonly<Record<string, bigint>> | undefined, word: string): bigint | undefined {
  return names !== undefined && Object.hasOwn(names, word) ? names[word] : undefined;
}

function errnoValue(text: string): bigint | undefined {
  const number = errnoFromText(text);
  return number === undefined ? undefined : BigInt(number);
}

function spellNamed({ names, errno }: IntegerOptions, value: bigint): Spelling {
  const name = Object.entries(names ?? {}).find(([, number]) => number === value)?.[0];
  if (name !== undefined) return name;
  if (errno && value < 0n && value > -4096n) {
    const text = errnoText(value);
    if (text.startsWith('-E')) return text;
  }
  return spellInteger(value);
}

/** The words that a misspelt one may have meant. */
function words({ names, errno }: IntegerOptions): string[] {
  return [...Object.keys(names ?? {}), ...(errno ? Object.keys(ERRNO).map((name) => `-${name}`) : [])];
}

/** The words as an enumeration, so that an editor offers them; any other spelling is still a string. */
function anyOfJson(offered: readonly string[]): object {
  const known = offered.length === 0 ? [] : [{ enum: offered }];
  return { anyOf: [{ type: 'integer' }, ...known, { type: 'string' }] };
}

/** An integer in a range: JSON integer, decimal or 0x string, a suffix, or a name. Output: a bigint. */
export function integer(options: IntegerOptions) {
  return leaf<Written, bigint>({
    read: (raw) => readInteger(options, raw),
    spell: (value) => spellNamed(options, value),
    expected: expectedWords(options),
    advice: (raw) => advice.numberAdvice?.(raw, options.max, Object.keys(options.names ?? {})),
    words: words(options),
    jsonSchema: anyOfJson(words(options)),
    description: options.description,
  });
}

/** As `integer`, for ranges that a JavaScript number holds exactly. Output: a number. */
export function small(options: IntegerOptions) {
  return leaf<Written, number>({
    read: (raw) => toNumber(readInteger(options, raw)),
    spell: (value) => spellNamed(options, BigInt(value)),
    expected: expectedWords(options),
    advice: (raw) => advice.numberAdvice?.(raw, options.max, Object.keys(options.names ?? {})),
    words: words(options),
    jsonSchema: anyOfJson(words(options)),
    description: options.description,
  });
}

function toNumber(value: bigint | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

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

/** What a server says that it has stored or sent of inline data: a byte count, or a negative errno. */
export const transferred = (description: string) =>
  small({ min: -4095n, max: BigInt(U32_MAX), errno: true, description });

function bigNames(table: NameTable): Record<string, bigint> {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, BigInt(value)]));
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
    instead: (raw) => {
      const name = nameOf(refused, toNumber(readInteger(all, raw)) ?? -1);
      return name === undefined ? undefined : `${name} ${why}`;
    },
    words: Object.keys(table),
    jsonSchema: anyOfJson(words(options)),
    description,
  });
}

/** The words, or an integer as `options` has it. Output: the word or a bigint. */
export function wordOrInteger<const W extends string>(own: readonly W[], options: IntegerOptions) {
  const isWord = (raw: unknown): raw is W => (own as readonly unknown[]).includes(raw);
  const all = [...own, ...words(options)];
  return leaf<Written, W | bigint>({
    read: (raw) => (isWord(raw) ? raw : readInteger(options, raw)),
    spell: (value) => (typeof value === 'string' ? value : spellNamed(options, value)),
    expected: `${expectedWords(options)}, or ${own.join(', ')}`,
    words: all,
    jsonSchema: anyOfJson(all),
    description: options.description,
  });
}

/** Raw bytes as hex digits; white space between them is allowed. Output: a Uint8Array. */
export function hex(maxBytes: number, description: string) {
  return leaf<string, Uint8Array>({
    read: (raw) => {
      if (typeof raw !== 'string' || raw.length > 8 * maxBytes) return undefined;
      const digits = raw.replace(/\s+/g, '');
      if (digits.length > 2 * maxBytes || digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits))
        return undefined;
      return Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
        parseInt(digits.slice(2 * i, 2 * i + 2), 16),
      );
    },
    spell: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    expected: `pairs of hex digits, at most ${maxBytes} bytes`,
    words: [],
    jsonSchema: { type: 'string', pattern: '^([0-9a-fA-F]{2}|\\s)*$' },
    description,
  });
}

/** A name chosen by the scenario's author: of a device, an inode. */
const KEY = /^(?![0-9]+$)[A-Za-z0-9_.-]{1,32}$/;
const KEY_WORDS = 'a name of 1 to 32 letters, digits, "_", "." or "-" that is not a number';
export const key = v.pipe(
  v.string((issue) => describe(KEY_WORDS, issue.input)),
  v.regex(KEY, (issue) => describe(KEY_WORDS, issue.input)),
);

/** A key that is a number in decimal digits. */
export function decimal(min: number, max: number, what: string) {
  const expected = `${what} from ${min} to ${max} in decimal digits`;
  return v.pipe(
    v.string((issue) => describe(expected, issue.input)),
    v.check(
      (digits) => /^(0|[1-9][0-9]{0,9})$/.test(digits) && Number(digits) >= min && Number(digits) <= max,
      (issue) => describe(expected, issue.input),
    ),
  );
}

export const u64 = (description: string, names?: Record<string, bigint>) =>
  integer({ min: 0n, max: U64_MAX, description, ...(names ? { names } : {}) });
export const u32 = (description: string, names?: Record<string, bigint>) =>
  small({ min: 0n, max: BigInt(U32_MAX), description, ...(names ? { names } : {}) });
/** The sizes that a block may have. */
export const powerOfTwo = {
  min: 512n,
  max: 65_536n,
  rule: {
    holds: (size: bigint) => (size & (size - 1n)) === 0n,
    expected: 'a power of two from 512 to 65536',
  },
};
/** loff_t that is never negative here: a position or a byte count. */
export const loff = (description: string) => integer({ min: 0n, max: S64_MAX, description });
/** A signed 64-bit result: bytes done, or a negative errno. */
export const written = (description: string) =>
  integer({ min: S64_MIN, max: S64_MAX, errno: true, description });
/** 0 or an errno, as `-EIO` or a number, in an i32. */
export const errno = (description: string) =>
  small({ min: -0x8000_0000n, max: 0x7fff_ffffn, errno: true, description });
