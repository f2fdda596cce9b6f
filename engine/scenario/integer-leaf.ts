// SPDX-License-Identifier: MIT
/** Leaves that are an integer in a range, or a word that stands for one. */
import { grouped } from '../kernel/digits.ts';
import { ERRNO, errnoFromText, errnoText } from '../kernel/errno.ts';
import { advice } from './advice-words.ts';
import { leaf, type Spelling } from './build.ts';
import { parseInteger, spellInteger } from './integers.ts';

export interface IntegerOptions {
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

export type Written = bigint | string;

/** What an author reads when a value does not fit, e.g. `an integer from 0 to 4294967295, or NULL_ADDR`. */
export function expectedWords({ min, max, names, errno, rule }: IntegerOptions): string {
  const words = [...Object.keys(names ?? {}), ...(errno ? ['an errno name such as -EIO'] : [])];
  const number = rule === undefined ? `an integer from ${bound(min)} to ${bound(max)}` : rule.expected;
  return words.length === 0 ? number : `${number}, or ${words.join(', ')}`;
}

/** Bounds that are known by their hex digits are shown so. */
function bound(value: bigint): string {
  return value > 0xffffn ? `0x${value.toString(16)}` : grouped(value);
}

export function readInteger(options: IntegerOptions, raw: unknown): bigint | undefined {
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

export function spellNamed({ names, errno }: IntegerOptions, value: bigint): Spelling {
  const name = Object.entries(names ?? {}).find(([, number]) => number === value)?.[0];
  if (name !== undefined) return name;
  if (errno && value < 0n && value > -4096n) {
    const text = errnoText(value);
    if (text.startsWith('-E')) return text;
  }
  return spellInteger(value);
}

/** The words that a misspelt one may have meant. */
export function words({ names, errno }: IntegerOptions): string[] {
  return [...Object.keys(names ?? {}), ...(errno ? Object.keys(ERRNO).map((name) => `-${name}`) : [])];
}

/** The words as an enumeration, so that an editor offers them; any other spelling is still a string. */
export function anyOfJson(offered: readonly string[]): object {
  const known = offered.length === 0 ? [] : [{ enum: offered }];
  return { anyOf: [{ type: 'integer' }, ...known, { type: 'string' }] };
}

/** What to write instead; of all bits only where all bits are taken. */
const adviceOf = ({ max, names, rule }: IntegerOptions, raw: unknown): string | undefined =>
  advice.numberAdvice?.(raw, rule === undefined ? max : 0n, Object.keys(names ?? {}));

/** An integer in a range: JSON integer, decimal or 0x string, a suffix, or a name. Output: a bigint. */
export function integer(options: IntegerOptions) {
  return leaf<Written, bigint>({
    read: (raw) => readInteger(options, raw),
    spell: (value) => spellNamed(options, value),
    expected: expectedWords(options),
    advice: (raw) => adviceOf(options, raw),
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
    advice: (raw) => adviceOf(options, raw),
    words: words(options),
    jsonSchema: anyOfJson(words(options)),
    description: options.description,
  });
}

export function toNumber(value: bigint | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** The words, or an integer as `options` has it. Output: the word or a bigint. */
export function wordOrInteger<const W extends string>(own: readonly W[], options: IntegerOptions) {
  const isWord = (raw: unknown): raw is W => (own as readonly unknown[]).includes(raw);
  const all = [...own, ...words(options)];
  return leaf<Written, W | bigint>({
    read: (raw) => (isWord(raw) ? raw : readInteger(options, raw)),
    spell: (value) => (typeof value === 'string' ? value : spellNamed(options, value)),
    expected: `${expectedWords(options)}, or ${own.join(', ')}`,
    advice: (raw) => adviceOf(options, raw),
    words: all,
    jsonSchema: anyOfJson(all),
    description: options.description,
  });
}
