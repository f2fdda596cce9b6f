// SPDX-License-Identifier: MIT
import { FUSE_IOMAP_F, FUSE_IOMAP_TYPE, NULL_ADDR } from '../kernel/names.ts';
import { nearest } from '../scenario/nearest.ts';
import { isWrapper } from './c-words.ts';
import type { CToken } from './c-tokens.ts';

/** Why an expression of C has no value here. */
export class CError extends Error {
  readonly line: number;
  /** The name whose value is known only at run time; null if that is not the reason. */
  readonly unknown: string | null;

  constructor(message: string, line: number, unknown: string | null = null) {
    super(message);
    this.line = line;
    this.unknown = unknown;
  }
}

const U64 = (1n << 64n) - 1n;

/** The constants that an initialiser of a mapping may name. */
const CONSTANTS: ReadonlyMap<string, bigint> = new Map<string, bigint>([
  ...Object.entries(FUSE_IOMAP_TYPE).map(
    ([name, value]) => [`FUSE_IOMAP_TYPE_${name}`, BigInt(value)] as const,
  ),
  ...Object.entries(FUSE_IOMAP_F).map(([name, value]) => [`FUSE_IOMAP_F_${name}`, BigInt(value)] as const),
  ['FUSE_IOMAP_NULL_ADDR', NULL_ADDR],
  ['FUSE_IOMAP_DEV_NULL', 0n],
  ['U64_MAX', U64],
  ['UINT64_MAX', U64],
  ['ULLONG_MAX', U64],
  ['ULONG_MAX', U64],
  ['U32_MAX', 0xffff_ffffn],
  ['UINT32_MAX', 0xffff_ffffn],
  ['UINT_MAX', 0xffff_ffffn],
  ['INT_MAX', 0x7fff_ffffn],
  ['INT64_MAX', 0x7fff_ffff_ffff_ffffn],
  ['LLONG_MAX', 0x7fff_ffff_ffff_ffffn],
  ['true', 1n],
  ['false', 0n],
  ['NULL', 0n],
]);

const TYPES =
  /^(?:(?:__)?[us](?:8|16|32|64)|__(?:le|be)(?:16|32|64)|u?int(?:8|16|32|64)?_t|unsigned|signed|int|long|short|char|size_t|off_t|loff_t)$/;
const PRECEDENCE: Readonly<Record<string, number>> = {
  '|': 1,
  '^': 2,
  '&': 3,
  '<<': 4,
  '>>': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};
/** `SZ_4K` of linux/sizes.h. */
const SIZE = /^SZ_(\d{1,3})([KMGT]?)$/;
const MAX_DEPTH = 40;

/** The value of a constant expression, in 64 bits; casts of integers are skipped. */
export function evaluate(tokens: readonly CToken[], line: number): bigint {
  const parser = new Expression(tokens, line);
  const value = parser.binary(0, 0);
  parser.end();
  return value & U64;
}

class Expression {
  readonly #tokens: readonly CToken[];
  readonly #line: number;
  #at = 0;

  constructor(tokens: readonly CToken[], line: number) {
    this.#tokens = tokens;
    this.#line = tokens[0]?.line ?? line;
  }

  end(): void {
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw new CError(`"${rest.text}" was not expected here`, rest.line);
  }

  binary(above: number, depth: number): bigint {
    let left = this.#unary(depth);
    for (;;) {
      const operator = this.#tokens[this.#at]?.text ?? '';
      const rank = Object.hasOwn(PRECEDENCE, operator) ? PRECEDENCE[operator]! : 0;
      if (rank <= above) return left;
      this.#at++;
      left = this.#apply(operator, left, this.binary(rank, depth + 1)) & U64;
    }
  }

  #apply(operator: string, left: bigint, right: bigint): bigint {
    switch (operator) {
      case '|':
        return left | right;
      case '^':
        return left ^ right;
      case '&':
        return left & right;
      case '<<':
        return right > 63n ? 0n : left << right;
      case '>>':
        return right > 63n ? 0n : left >> right;
      case '+':
        return left + right;
      case '-':
        return left - right;
      case '*':
        return left * right;
      default:
        if (right === 0n) throw new CError('a division by zero', this.#line);
        return operator === '/' ? left / right : left % right;
    }
  }

  #unary(depth: number): bigint {
    if (depth > MAX_DEPTH) throw new CError('the expression is nested too deeply', this.#line);
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new CError('a value is missing', this.#line);
    const { text } = token;
    if (text === '-') return -this.#unary(depth + 1) & U64;
    if (text === '+') return this.#unary(depth + 1);
    if (text === '~') return ~this.#unary(depth + 1) & U64;
    if (text === '(') {
      if (this.#cast()) return this.#unary(depth + 1);
      const value = this.binary(0, depth + 1);
      if (this.#tokens[this.#at++]?.text !== ')') throw new CError('a parenthesis is not closed', token.line);
      return value;
    }
    if (/^\d/.test(text)) return number(token);
    const value = CONSTANTS.get(text) ?? sizeOf(text);
    if (value !== undefined) return value;
    if (isWrapper(text) && this.#tokens[this.#at]?.text === '(') {
      const inner = this.#unary(depth + 1);
      return text.startsWith('BIT') ? (inner > 63n ? 0n : 1n << inner) : inner;
    }
    const place = this.#place(text).slice(0, 60);
    throw new CError(
      `the value of "${place}" is not known: write a number, or a FUSE_IOMAP_ constant${slip(text)}`,
      token.line,
      /^FUSE_IOMAP_/.test(text) ? null : place,
    );
  }

  /** The whole of `ff->dev.id`, whose first word was read. */
  #place(word: string): string {
    let text = word;
    for (let at = this.#at; /^(?:->|\.)$/.test(this.#tokens[at]?.text ?? '') && text.length < 60; at += 2)
      text += this.#tokens[at]!.text + (this.#tokens[at + 1]?.text ?? '');
    return text;
  }

  /** Skips `uint64_t)` after an opening parenthesis; a word of any name too, if a value follows. */
  #cast(): boolean {
    let at = this.#at;
    while (TYPES.test(this.#tokens[at]?.text ?? '')) at++;
    const known = at > this.#at;
    if (!known && /^[A-Za-z_]/.test(this.#tokens[at]?.text ?? '')) at++;
    if (at === this.#at || this.#tokens[at]?.text !== ')') return false;
    if (!known && !/^[\w(~]/.test(this.#tokens[at + 1]?.text ?? '')) return false;
    this.#at = at + 1;
    return true;
  }
}

/** The constant that a word may have been meant for. */
function slip(text: string): string {
  const near = nearest(text, CONSTANTS.keys());
  return near === undefined ? '' : `, such as ${near}`;
}

function sizeOf(text: string): bigint | undefined {
  const [, digits, unit] = SIZE.exec(text) ?? [];
  return digits === undefined ? undefined : BigInt(digits) << BigInt(' KMGT'.indexOf(unit || ' ') * 10);
}

function number({ text, line }: CToken): bigint {
  const digits = text.replace(/[uUlL]+$/, '');
  if (digits.length > 24) throw new CError('a number has more than 64 bits', line);
  if (/^0[0-7]+$/.test(digits)) return BigInt(`0o${digits.slice(1)}`);
  if (!/^(0x[0-9a-f]+|0|[1-9]\d*)$/i.test(digits)) throw new CError(`"${text}" is not a C number`, line);
  const value = BigInt(digits);
  if (value > U64) throw new CError(`${text} has more than 64 bits`, line);
  return value;
}
