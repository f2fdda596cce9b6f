// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { BitReader } from './bits.ts';
import { FIRST_WORD, SUFFIXES, TOKEN, WORDS } from './dictionary-1.ts';
import { END, OTHER, OTHER_BITS, charOf, readSymbol } from './letters-1.ts';
import { LIMITS } from './limits.ts';
import { CLASS, FAMILIES, Recent, TOP_63, TOP_64 } from './numbers-1.ts';
import type { JsonValue } from './types.ts';
import type { Streams } from './pack.ts';

/** Why a payload is refused. `invalid`: no playground writes it. `hostile`: it is built to do harm. */
export class UnpackError extends Error {
  readonly kind: 'invalid' | 'hostile';

  constructor(kind: 'invalid' | 'hostile', message = '') {
    super(message);
    this.kind = kind;
  }
}

const broken = () => new UnpackError('invalid');

/**
 * The counterpart of pack(): exactly `count` values, in objects with the plain prototype and their own
 * properties only. Integers are bigint.
 * @throws UnpackError for whatever pack() does not write.
 */
export function unpack(streams: Streams, letters: boolean, count: number): JsonValue[] {
  const unpacker = new Unpacker(streams, letters);
  const values = Array.from({ length: count }, () => unpacker.value(0));
  unpacker.finish();
  return values;
}

class Unpacker {
  readonly #streams: Streams;
  readonly #bits: BitReader;
  readonly #recent = new Recent();
  readonly #strings: string[] = [];
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #at = { structure: 0, numbers: 0, text: 0 };

  readonly #letters: boolean;
  #chars = 0;

  constructor(streams: Streams, letters: boolean) {
    this.#streams = streams;
    this.#letters = letters;
    this.#bits = new BitReader(streams.bits);
  }

  value(depth: number): JsonValue {
    return this.#valueOf(this.#byte('structure'), depth);
  }

  /** Nothing may be left over: no playground writes more than is read. */
  finish(): void {
    for (const name of ['structure', 'numbers', 'text'] as const)
      if (this.#at[name] !== this.#streams[name].length) throw broken();
    if (!this.#bits.atEnd()) throw broken();
  }

  #valueOf(token: number, depth: number): JsonValue {
    if (depth > LIMITS.depth)
      throw new UnpackError('hostile', `It nests objects more than ${LIMITS.depth} deep.`);
    switch (token) {
      case TOKEN.NULL:
        return null;
      case TOKEN.TRUE:
        return true;
      case TOKEN.FALSE:
        return false;
      case TOKEN.NUMBER:
        return this.#integer();
      case TOKEN.FLOAT:
        return this.#float();
      case TOKEN.ARRAY:
        return this.#array(depth);
      case TOKEN.OBJECT:
        return this.#object(depth);
      default:
        return this.#string(token);
    }
  }

  #array(depth: number): JsonValue[] {
    const items: JsonValue[] = [];
    for (let token; (token = this.#byte('structure')) !== TOKEN.END;)
      items.push(this.#valueOf(token, depth + 1));
    return items;
  }

  #object(depth: number): { [key: string]: JsonValue } {
    const object: { [key: string]: JsonValue } = {};
    for (let token; (token = this.#byte('structure')) !== TOKEN.END;) {
      const key = this.#string(token);
      if (key === '__proto__') throw new UnpackError('hostile', 'It tries to replace a prototype.');
      if (Object.hasOwn(object, key)) throw broken();
      object[key] = this.value(depth + 1);
    }
    return object;
  }

  /** A string; repeated strings cost a byte each here, but their whole length once unpacked. */
  #string(token: number): string {
    const text = this.#stringOf(token);
    this.#chars += text.length;
    if (this.#chars > LIMITS.chars)
      throw new UnpackError('hostile', `Its texts have more than ${grouped(LIMITS.chars)} characters.`);
    return text;
  }

  #stringOf(token: number): string {
    if (token >= FIRST_WORD) return this.#word(token);
    switch (token) {
      case TOKEN.TEXT:
        return this.#remember(this.#letters ? this.#textLetters() : this.#textOf(this.#count()));
      case TOKEN.BYTES:
        return this.#remember(hexOf(this.#take(this.#count())));
      case TOKEN.AGAIN:
        return this.#again();
      case TOKEN.HEX:
        return `0x${this.#unsigned(this.#byte('numbers')).toString(16)}`;
      case TOKEN.DECIMAL:
        return this.#unsigned(this.#byte('numbers')).toString();
    }
    const suffix = SUFFIXES[token - TOKEN.KILO];
    if (suffix === undefined) throw broken();
    return `${this.#unsigned(this.#byte('numbers'))}${suffix}`;
  }

  #word(code: number): string {
    const word = WORDS[code - FIRST_WORD];
    if (word === undefined) throw broken();
    return word;
  }

  #remember(text: string): string {
    this.#strings.push(text);
    return text;
  }

  #textLetters(): string {
    const bit = () => this.#bits.bit();
    let text = '';
    for (let symbol; (symbol = readSymbol(bit)) !== END;) {
      if (symbol === null) throw broken();
      text += symbol === OTHER ? this.#codePoint() : charOf(symbol);
    }
    return text;
  }

  #codePoint(): string {
    const codePoint = Number(this.#bits.read(OTHER_BITS) ?? -1n);
    if (codePoint < 0 || codePoint > 0x10_ffff || codePoint >> 11 === 0x1b) throw broken();
    return String.fromCodePoint(codePoint);
  }

  #again(): string {
    const text = this.#strings.at(-1 - this.#count());
    if (text === undefined) throw broken();
    return text;
  }

  #float(): number {
    const text = this.#textOf(this.#count());
    const value = Number(text);
    if (!Number.isFinite(value) || String(value) !== text) throw broken();
    return value;
  }

  #textOf(length: number): string {
    try {
      return this.#utf8.decode(this.#take(length));
    } catch (error) {
      if (error instanceof UnpackError) throw error;
      throw broken();
    }
  }

  /** An integer that counts bytes or entries. */
  #count(): number {
    const count = this.#positive(this.#byte('numbers'));
    if (count > LIMITS.inflatedBytes) throw broken();
    return Number(count);
  }

  #integer(): bigint {
    const code = this.#byte('numbers');
    if (code === CLASS.DIGITS) return this.#digits();
    if (code === CLASS.NEGATIVE) return -1n - this.#unsigned(this.#byte('numbers'));
    return this.#unsigned(code);
  }

  /** An integer from 0 to 2^64 - 1 whose class is already read. */
  #unsigned(code: number): bigint {
    if (code === CLASS.BELOW_64) return TOP_64 - this.#positive(this.#byte('numbers'));
    if (code === CLASS.BELOW_63) return TOP_63 - this.#positive(this.#byte('numbers'));
    return this.#positive(code);
  }

  /** Likewise, for a class that stands for itself. */
  #positive(code: number): bigint {
    if (code < CLASS.NEGATIVE) return BigInt(code);
    if (code < CLASS.RECENT) throw broken();
    if (code < CLASS.PLAIN) {
      const value = this.#recent.take(code - CLASS.RECENT);
      if (value === undefined) throw broken();
      return value;
    }
    const family = FAMILIES.find(({ end }) => code < end);
    if (family === undefined) throw broken();
    const bits = code - family.base + family.fewest - 1;
    const rest = this.#bits.read(bits);
    if (rest === null) throw broken();
    const value = ((1n << BigInt(bits)) | rest) << family.shift;
    this.#recent.add(value, bits);
    return value;
  }

  #digits(): bigint {
    const length = this.#count();
    if (length > LIMITS.bigDigits) throw new UnpackError('hostile', 'It holds an integer without end.');
    const text = this.#textOf(length);
    if (!/^-?[1-9][0-9]*$/.test(text)) throw broken();
    return BigInt(text);
  }

  #byte(name: 'structure' | 'numbers'): number {
    const byte = this.#streams[name][this.#at[name]++];
    if (byte === undefined) throw broken();
    return byte;
  }

  #take(length: number): Uint8Array {
    const start = this.#at.text;
    this.#at.text += length;
    if (this.#at.text > this.#streams.text.length) throw broken();
    return this.#streams.text.subarray(start, this.#at.text);
  }
}

function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
