// SPDX-License-Identifier: MIT
import { CError, evaluate } from './c-expression.ts';
import { combined, isField, type CMapping } from './c-mapping.ts';
import type { CMemory } from './c-memory.ts';
import { placeAt } from './c-places.ts';
import { isName } from './c-words.ts';
import { expandMacros, type CMacros, type CToken } from './c-tokens.ts';

/** More than anybody would write. */
const MOST_NUMBERS = 10_000;

/** What expressions are worth, and assignments of them: to a field of a mapping, or to a variable that is a number. */
export class CValues {
  readonly #memory: CMemory;
  readonly #macros: CMacros;
  /** What numbers variables have; null for one whose value is not known. */
  readonly #numbers = new Map<string, bigint | null>();

  constructor(memory: CMemory, macros: CMacros) {
    this.#memory = memory;
    this.#macros = macros;
  }

  /** From here on nobody knows what number a variable has. */
  forget(name: string): void {
    this.#numbers.set(name, null);
  }

  /** `const uint64_t bs = 4096;` */
  assignNumber(name: string, operator: string, tokens: readonly CToken[], line: number): void {
    let number: bigint | null;
    try {
      const right = this.#numberOf(tokens, line);
      const left = operator === '=' ? 0n : (this.#numbers.get(name) ?? null);
      number =
        right === null || left === null || operator === '=' ? right : combined(left, operator, right, line);
      if (left === null) number = null;
    } catch (error) {
      if (!(error instanceof CError)) throw error;
      number = null;
    }
    if (this.#numbers.size < MOST_NUMBERS || this.#numbers.has(name)) this.#numbers.set(name, number);
  }

  /** `read.offset += 4096;`: a field that no mapping has is a fault of the mapping, an unknown value that of the field. */
  assignField(
    mapping: CMapping,
    field: string,
    operator: string,
    tokens: readonly CToken[],
    line: number,
  ): void {
    if (!isField(field)) {
      mapping.fault ??= new CError(`a mapping has no field "${field}"`, line);
      return;
    }
    const before = mapping.fields.get(field);
    let value: bigint | CError;
    try {
      const right = this.of(tokens, line);
      const left = before?.value ?? 0n;
      value = operator === '=' || left instanceof CError ? right : combined(left, operator, right, line);
      if (operator !== '=' && left instanceof CError) value = left;
    } catch (error) {
      if (!(error instanceof CError)) throw error;
      value = error;
    }
    const times = operator === '=' ? (before?.times ?? 0) + 1 : (before?.times ?? 1);
    mapping.fields.set(field, { value, line, times });
  }

  /** The value of an expression; it may use fields and variables that were assigned before. */
  of(tokens: readonly CToken[], line: number): bigint {
    const out: CToken[] = [];
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at]!;
      const place = token.text === '(' || isName(token.text) ? placeAt(tokens, at) : null;
      const known = place === null ? null : this.#known(place.parts, place.pointedAt, line);
      if (place === null || known === null) out.push(token);
      else {
        out.push({ text: `0x${known.toString(16)}`, line: token.line });
        at = place.end - 1;
      }
    }
    return evaluate(expandMacros(out, this.#macros), line);
  }

  /** What is known of a place in an expression; null for what is neither a known number nor a field of a mapping. */
  #known(parts: readonly string[], pointedAt: boolean, line: number): bigint | null {
    if (parts.length === 1) return pointedAt ? null : (this.#numbers.get(parts[0]!) ?? null);
    const resolved = this.#memory.resolved(parts);
    const owner = this.#memory.find(resolved.slice(0, -1));
    const field = resolved.at(-1)!;
    if (owner === undefined || !isField(field)) return null;
    const known = owner.fields.get(field)?.value ?? (owner.zeroed ? 0n : undefined);
    if (known instanceof CError) throw known;
    if (known === undefined)
      throw new CError(`"${parts.join('.')}" was not given a value before it is used`, line);
    return known;
  }

  /** The number that a variable gets; null where that is not known. */
  #numberOf(tokens: readonly CToken[], line: number): bigint | null {
    const first = tokens[0]?.text ?? '';
    // A pointer has none, and another variable the one that it has.
    if (first === '*' || first === '&') return null;
    const known = tokens.length === 1 ? this.#numbers.get(first) : undefined;
    if (known !== undefined) return known;
    const foreign = tokens.length === 1 && isName(first) && !this.#macros.has(first) && /^[a-z]/.test(first);
    return foreign ? null : this.of(tokens, line);
  }
}
