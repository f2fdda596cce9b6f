// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { BitWriter } from './bits.ts';
import { FIRST_WORD, SUFFIXES, TOKEN, WORDS } from './dictionary-1.ts';
import { LIMITS } from './limits.ts';
import { END, OTHER, OTHER_BITS, codeOf, symbolOf } from './letters-1.ts';
import { CLASS, FAMILIES, Recent, TOP_63, TOP_64 } from './numbers-1.ts';
import type { JsonValue } from './types.ts';

/**
 * JSON values as four streams. What repeats from step to step (keys, names, brackets) is kept apart from what
 * doesn't (the numbers' bits), so that DEFLATE finds the former in long runs, and the latter, which does not
 * compress, takes no more room than its bits.
 */
export interface Streams {
  structure: Uint8Array;
  /** Classes of integers, see numbers-1.ts. */
  numbers: Uint8Array;
  /** UTF-8 of what is not in WORDS, unless its letters are among the bits. */
  text: Uint8Array;
  /** The bits that the numbers' classes leave open, and perhaps texts, in the order of the structure. */
  bits: Uint8Array;
}

const CODE_OF = new Map(WORDS.map((word, index) => [word, FIRST_WORD + index]));
const HEX = /^0x(?:0|[1-9a-f][0-9a-f]{0,15})$/;
const DECIMAL = /^(?:0|[1-9][0-9]{0,18})$/;
const SUFFIXED = /^((?:0|[1-9][0-9]{0,17}))([KMGTPE])$/;
const BYTES = /^(?:[0-9a-f]{2}){4,}$/;

/** Thrown for a value that no link can carry; the message says why. */
export class UnpackableError extends Error {}

/**
 * Packs values in order.
 * @param letters whether texts go into the bits, in the code of letters-1.ts, or into the stream of text
 * @throws UnpackableError for a number that is not finite, a lone surrogate, a key `__proto__`, nesting or
 * text over the limits.
 */
export function pack(values: readonly JsonValue[], letters: boolean): Streams {
  const packer = new Packer(letters);
  for (const value of values) packer.value(value, 0);
  return packer.streams();
}

class Packer {
  readonly #structure: number[] = [];
  readonly #numbers: number[] = [];
  readonly #text: number[] = [];
  readonly #bits = new BitWriter();
  readonly #recent = new Recent();
  readonly #strings: string[] = [];
  readonly #placeOf = new Map<string, number>();
  readonly #utf8 = new TextEncoder();
  readonly #letters: boolean;
  #chars = 0;

  constructor(letters: boolean) {
    this.#letters = letters;
  }

  streams(): Streams {
    return {
      structure: Uint8Array.from(this.#structure),
      numbers: Uint8Array.from(this.#numbers),
      text: Uint8Array.from(this.#text),
      bits: this.#bits.bytes(),
    };
  }

  value(value: JsonValue, depth: number): void {
    if (depth > LIMITS.depth) throw new UnpackableError(`nested more than ${LIMITS.depth} deep`);
    if (value === null) this.#token(TOKEN.NULL);
    else if (typeof value === 'boolean') this.#token(value ? TOKEN.TRUE : TOKEN.FALSE);
    else if (typeof value === 'string') this.#string(value);
    else if (typeof value === 'bigint' || Number.isInteger(value)) {
      this.#token(TOKEN.NUMBER);
      this.#integer(BigInt(value as bigint | number));
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw new UnpackableError(`${value} is not a JSON number`);
      this.#token(TOKEN.FLOAT);
      this.#textBytes(String(value));
    } else if (Array.isArray(value)) {
      this.#token(TOKEN.ARRAY);
      for (const item of value) this.value(item, depth + 1);
      this.#token(TOKEN.END);
    } else {
      this.#token(TOKEN.OBJECT);
      for (const [key, item] of Object.entries(value)) {
        if (key === '__proto__') throw new UnpackableError('a key is named __proto__');
        this.#string(key);
        this.value(item, depth + 1);
      }
      this.#token(TOKEN.END);
    }
  }

  #token(code: number): void {
    this.#structure.push(code);
  }

  #string(text: string): void {
    this.#chars += text.length;
    if (this.#chars > LIMITS.chars)
      throw new UnpackableError(`its texts have more than ${grouped(LIMITS.chars)} characters`);
    const code = CODE_OF.get(text);
    if (code !== undefined) {
      this.#token(code);
      return;
    }
    const suffixed = SUFFIXED.exec(text);
    if (suffixed !== null) {
      this.#token(TOKEN.KILO + SUFFIXES.indexOf(suffixed[2] ?? ''));
      this.#integer(BigInt(suffixed[1] ?? ''));
    } else if (HEX.test(text) || DECIMAL.test(text)) {
      this.#token(text.startsWith('0x') ? TOKEN.HEX : TOKEN.DECIMAL);
      this.#integer(BigInt(text));
    } else this.#literal(text);
  }

  #literal(text: string): void {
    const place = this.#placeOf.get(text);
    if (place !== undefined) {
      this.#token(TOKEN.AGAIN);
      this.#integer(BigInt(this.#strings.length - 1 - place));
      return;
    }
    this.#placeOf.set(text, this.#strings.length);
    this.#strings.push(text);
    if (BYTES.test(text)) {
      this.#token(TOKEN.BYTES);
      this.#integer(BigInt(text.length / 2));
      for (let i = 0; i < text.length; i += 2) this.#text.push(parseInt(text.slice(i, i + 2), 16));
      return;
    }
    if (/\p{Surrogate}/u.test(text)) throw new UnpackableError('a text holds half a surrogate pair');
    this.#token(TOKEN.TEXT);
    if (this.#letters) this.#textLetters(text);
    else this.#textBytes(text);
  }

  #textLetters(text: string): void {
    for (const char of text) {
      const codePoint = char.codePointAt(0) ?? 0;
      const symbol = symbolOf(codePoint);
      this.#symbol(symbol);
      if (symbol === OTHER) this.#bits.write(BigInt(codePoint), OTHER_BITS);
    }
    this.#symbol(END);
  }

  #symbol(symbol: number): void {
    const { code, bits } = codeOf(symbol);
    this.#bits.write(BigInt(code), bits);
  }

  #textBytes(text: string): void {
    const bytes = this.#utf8.encode(text);
    this.#integer(BigInt(bytes.length));
    for (const byte of bytes) this.#text.push(byte);
  }

  #integer(value: bigint): void {
    if (value < -TOP_64 || value > TOP_64) return this.#digits(value);
    if (value < 0n) {
      this.#numbers.push(CLASS.NEGATIVE);
      value = -1n - value;
    }
    if (value < CLASS.NEGATIVE) {
      this.#numbers.push(Number(value));
      return;
    }
    const recent = this.#recent.indexOf(value);
    if (recent >= 0) {
      this.#recent.take(recent);
      this.#numbers.push(CLASS.RECENT + recent);
      return;
    }
    for (const [top, code] of [
      [TOP_64, CLASS.BELOW_64],
      [TOP_63, CLASS.BELOW_63],
    ] as const) {
      if (value > top || top - value > 0xffff_ffffn) continue;
      this.#numbers.push(code);
      return this.#integer(top - value);
    }
    this.#inBits(value);
  }

  #inBits(value: bigint): void {
    let best = { code: -1, rest: 0n, bits: Infinity };
    for (const { base, end, fewest, shift } of FAMILIES) {
      const high = value >> shift;
      if (high << shift !== value) continue;
      const length = high.toString(2).length;
      const code = base + length - fewest;
      if (length < fewest || code >= end || length - 1 >= best.bits) continue;
      best = { code, rest: high, bits: length - 1 };
    }
    this.#numbers.push(best.code);
    this.#bits.write(best.rest, best.bits);
    this.#recent.add(value, best.bits);
  }

  #digits(value: bigint): void {
    const text = value.toString();
    if (text.length > LIMITS.bigDigits) throw new UnpackableError('an integer has too many digits');
    this.#numbers.push(CLASS.DIGITS);
    this.#textBytes(text);
  }
}
