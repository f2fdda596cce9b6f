// SPDX-License-Identifier: GPL-2.0-only
import * as v from 'valibot';
import { errnoFromText } from '../kernel/errno.ts';
import type { NameTable } from '../kernel/names.ts';

/**
 * The leaf values of a scenario, as valibot schemas.
 *
 * The parser hands every JSON integer over as a bigint, read from the token's text, so no 64-bit value ever
 * goes through a double. Each schema takes what an author may write and gives what the engine uses. A schema's
 * `metadata` carries what the JSON Schema for the editor needs (`jsonSchema`), since a transform has no shape.
 */

const SUFFIX: Readonly<Record<string, bigint>> = { K: 10n, M: 20n, G: 30n, T: 40n, P: 50n, E: 60n };
const NUMBER = /^(-?)(0x[0-9a-f]+|[0-9]+)([KMGTPE]?)$/i;

/** `"4K"`, `"0x1000"`, `"4096"`, `"-5"` → a bigint; undefined if the text is no number. No range is applied. */
export function parseInteger(text: string): bigint | undefined {
  // Longer than any 64-bit spelling: not a number worth the work of BigInt().
  if (text.length > 24) return undefined;
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign, digits, suffix] = match as unknown as [string, string, string, string];
  if (suffix !== '' && /^0x/i.test(digits)) return undefined;
  const magnitude = BigInt(digits) << (suffix === '' ? 0n : (SUFFIX[suffix.toUpperCase()] ?? 0n));
  return sign === '-' ? -magnitude : magnitude;
}

interface IntegerOptions {
  min: bigint;
  max: bigint;
  /** Words that stand for a number, e.g. NULL_ADDR. */
  names?: Readonly<Record<string, bigint>>;
  /** Whether `-EIO` and its kin are numbers here. */
  errno?: boolean;
  description?: string;
}

/** What an author reads when a value does not fit, e.g. `an integer from 0 to 4294967295, or NULL_ADDR`. */
function expected({ min, max, names, errno }: IntegerOptions): string {
  const words = Object.keys(names ?? {});
  const also = [...words, ...(errno ? ['an errno name such as -EIO'] : [])];
  return `an integer from ${min} to ${max}${also.length > 0 ? `, or ${also.join(', ')}` : ''}`;
}

const intInput = v.union([v.bigint(), v.string()]);

/** An integer in a range: JSON integer, decimal or 0x string, K..E suffix, or a name. Gives a bigint. */
export function integer(options: IntegerOptions) {
  return v.pipe(
    intInput,
    v.rawTransform<bigint | string, bigint>(({ dataset, addIssue, NEVER }) => {
      const raw = dataset.value;
      const value =
        typeof raw === 'bigint'
          ? raw
          : (lookUp(options.names, raw) ?? (options.errno ? errnoBig(raw) : undefined) ?? parseInteger(raw));
      if (value === undefined || value < options.min || value > options.max) {
        addIssue({ message: `expected ${expected(options)}` });
        return NEVER;
      }
      return value;
    }),
    v.metadata({
      jsonSchema: { type: ['integer', 'string'] },
      words: Object.keys(options.names ?? {}),
      expected: expected(options),
    }),
    v.description(options.description ?? ''),
  );
}

/** Own names only: `constructor` is no number. */
function lookUp(names: Readonly<Record<string, bigint>> | undefined, word: string): bigint | undefined {
  return names !== undefined && Object.hasOwn(names, word) ? names[word] : undefined;
}

function errnoBig(text: string): bigint | undefined {
  const number = errnoFromText(text);
  return number === undefined ? undefined : BigInt(number);
}

/** As `integer`, for ranges that a JavaScript number holds exactly. Gives a number. */
export function small(options: IntegerOptions) {
  return v.pipe(integer(options), v.transform(Number));
}

/** One of a table's names, or a raw number up to `max`, so that nonsense can be sent on purpose. */
export function named(table: NameTable, max: number, description: string) {
  return v.pipe(
    small({ min: 0n, max: BigInt(max), names: bigNames(table), description }),
    v.metadata({ jsonSchema: { type: ['integer', 'string'] }, words: Object.keys(table) }),
  );
}

/** Flags: a list of names and raw numbers that are or-ed together, or one of them alone. Gives a number. */
export function flags(table: NameTable, max: number, description: string) {
  const one = small({ min: 0n, max: BigInt(max), names: bigNames(table) });
  return v.pipe(
    v.union([v.pipe(v.array(one), v.maxLength(40)), one]),
    v.transform((value) => (Array.isArray(value) ? value.reduce((sum, bit) => (sum | bit) >>> 0, 0) : value)),
    v.description(description),
  );
}

function bigNames(table: NameTable): Record<string, bigint> {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, BigInt(value)]));
}

/** Raw bytes as hex digits; white space between them is allowed. Gives a Uint8Array. */
export function hex(maxBytes: number, description: string) {
  return v.pipe(
    v.string(),
    v.rawTransform<string, Uint8Array>(({ dataset, addIssue, NEVER }) => {
      const digits = dataset.value.replace(/\s+/g, '');
      if (!/^([0-9a-f]{2})*$/i.test(digits) || digits.length > 2 * maxBytes) {
        addIssue({ message: `expected pairs of hex digits, at most ${maxBytes} bytes` });
        return NEVER;
      }
      return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    }),
    v.metadata({ jsonSchema: { type: 'string', pattern: '^([0-9a-fA-F]{2}|\\s)*$' } }),
    v.description(description),
  );
}

/** An identifier of the scenario's own: a device, an inode. */
export const key = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_.-]{1,32}$/, 'expected a name of 1 to 32 letters, digits, "_", "." or "-"'),
);

export const U64_MAX = 0xffff_ffff_ffff_ffffn;
export const S64_MAX = 0x7fff_ffff_ffff_ffffn;
export const U32_MAX = 0xffff_ffff;

export const u64 = (description: string, names?: Record<string, bigint>) =>
  integer({ min: 0n, max: U64_MAX, description, ...(names ? { names } : {}) });
export const u32 = (description: string, names?: Record<string, bigint>) =>
  small({ min: 0n, max: BigInt(U32_MAX), description, ...(names ? { names } : {}) });
/** loff_t that is never negative here: a position or a byte count. */
export const loff = (description: string) => integer({ min: 0n, max: S64_MAX, description });
/** A signed 64-bit result: bytes done, or a negative errno. */
export const written = (description: string) =>
  integer({ min: -0x8000_0000_0000_0000n, max: S64_MAX, errno: true, description });
/** 0 or an errno, as `-EIO` or a number, in an i32. */
export const errno = (description: string) =>
  small({ min: -0x8000_0000n, max: 0x7fff_ffffn, errno: true, description });
