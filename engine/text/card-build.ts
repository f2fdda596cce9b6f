// SPDX-License-Identifier: MIT
import type { JsonValue } from '../scenario/json.ts';
import { FIRST, TABLES } from './card-rows.ts';
import { renumbered } from './card-slice.ts';
import { CardError, type Token, type Tokens } from './card-tokens.ts';
import { CAPS } from '../scenario/caps.ts';

type Fields = Record<string, JsonValue>;
type Label = Extract<Token, { kind: 'label' }>;
type Item = Exclude<Token, Label>;

const MAX_DEPTH = 8;
/** A key, or a path of keys; names of revisions have dashes, and may begin with their year. */
const KEY = /^(?:[A-Za-z_][\w-]*|\d{4}-\d\d[\w-]*)(?:\.[\w-]+)*$/;
const TABLE_OF = new Map(Object.entries(TABLES).map(([table, one]) => [one, table]));

interface Built {
  value: JsonValue;
  step: number;
  numbers: number[];
  /** The line of the mail that a path of the scenario was read from. */
  lineOf(path: readonly (string | number)[]): number;
}

/** Builds a scenario document from the rows of a card, up to the row that begins with `answer`. */
export class CardBuilder {
  readonly #tokens: Tokens;
  readonly #root: Fields = { format: 1n };
  readonly #steps: Fields[] = [];
  readonly #numbers: number[] = [];
  readonly #places = new Map<number, number>();
  readonly #lines = new Map<string, number>();
  #line = 1;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
    this.#line = tokens.line;
  }

  /** @throws CardError at the first thing that does not belong in a card. */
  build(): Built {
    let label = this.#next();
    if (label !== undefined && label.kind !== 'label')
      throw new CardError('expected the first row of the card, such as "kernel:" or "step 0:"', label.line);
    while (label !== undefined && label.head !== 'answer') {
      const items: Item[] = [];
      let token = this.#next();
      for (; token !== undefined && token.kind !== 'label'; token = this.#next()) items.push(token);
      if (token === undefined) break;
      this.#row(label, items);
      label = token;
    }
    if (label?.head !== 'answer')
      throw new CardError('it has no end: the row that begins with "answer" is missing', this.#line);
    const chosen = this.#places.get(stepNumber(label));
    if (chosen === undefined)
      throw new CardError(`the answer is to ${cardStep(label.name)}, which is not here`, label.line);
    return {
      value: { ...this.#root, steps: this.#steps.map((step, i) => this.#renumbered(step, i)) },
      step: chosen,
      numbers: this.#numbers,
      lineOf: (path) => this.#lineOf(path),
    };
  }

  #renumbered(step: Fields, index: number): JsonValue {
    const { of } = step;
    if (typeof of === 'bigint' && !this.#places.has(Number(of)))
      throw new CardError(
        `step ${this.#numbers[index]} is of ${cardStep(of)}, which is not here`,
        this.#lineOf(['steps', index, 'of']),
      );
    return renumbered(step, this.#places);
  }

  #next(): Token | undefined {
    const token = this.#tokens.next();
    if (token !== undefined) this.#line = token.line;
    return token;
  }

  #row(label: Label, items: readonly Item[]): void {
    const { head, name, line } = label;
    if (head === 'step') return this.#step(label, items);
    const step = this.#steps.at(-1);
    if (step !== undefined) return this.#stepRow(step, label, items);
    const table = TABLE_OF.get(head);
    if (table !== undefined && name !== null) {
      const path = [table, name];
      this.#put(this.#root, path, this.#value(items, path, head, line), line, path);
    } else if (name === null) {
      this.#put(this.#root, [head], this.#value(items, [head], head, line), line, [head]);
    } else throw new CardError(`there is no row "${head} ${name}:"`, line);
  }

  #step(label: Label, items: readonly Item[]): void {
    const number = stepNumber(label);
    if (number <= (this.#numbers.at(-1) ?? -1))
      throw new CardError(`step ${number} stands after ${cardStep(this.#numbers.at(-1))}`, label.line);
    const path = ['steps', this.#steps.length];
    const step = this.#value(items, path, 'step', label.line);
    if (typeof step !== 'object' || step === null || Array.isArray(step) || step['do'] === undefined)
      throw new CardError(`${cardStep(number)} does not say what it does`, label.line);
    this.#places.set(number, this.#numbers.length);
    this.#numbers.push(number);
    this.#steps.push(step);
  }

  /** A row below a step; `read` and `write` are the mappings of a begin's reply. */
  #stepRow(step: Fields, { head, name, line }: Label, items: readonly Item[]): void {
    if (name !== null) throw new CardError(`"${head} ${name}:" stands after the steps`, line);
    const mapping = step['do'] === 'iomap_begin' && (head === 'read' || head === 'write');
    const path = mapping ? ['reply', head] : [head];
    const full = ['steps', this.#steps.length - 1, ...path];
    const value = this.#value(items, full, mapping ? head : '', line);
    if (head !== 'reply' || !isFields(value) || !isFields(step['reply']))
      return this.#put(step, path, value, line, full);
    for (const [key, item] of Object.entries(value))
      this.#put(step, ['reply', key], item, line, [...full, key]);
  }

  /** What a row says: one value, or `key value` pairs, the first of which may lack its key. */
  #value(items: readonly Item[], path: readonly (string | number)[], kind: string, line: number): JsonValue {
    this.#lines.set(path.join('\n'), line);
    const first = Object.hasOwn(FIRST, kind) ? FIRST[kind] : undefined;
    const [only] = items;
    if (items.length === 0) throw new CardError('a row has nothing after its label', line);
    if (items.length === 1) {
      const value = itemValue(only!);
      if (first === undefined || (typeof value === 'object' && value !== null)) return value;
    }
    const fields: Fields = {};
    let at = items.length % 2;
    if (at === 1) {
      if (first === undefined)
        throw new CardError(`"${wordOf(items.at(-1)!)}" has no value after it, or no key before it`, line);
      this.#put(fields, [first], itemValue(only!), only!.line, [...path, first]);
    }
    for (; at < items.length; at += 2) {
      const key = items[at]!;
      if (key.kind !== 'word' || !KEY.test(key.text))
        throw new CardError(`expected a key, found ${wordOf(key)}`, key.line);
      const keys = key.text.split('.');
      this.#put(fields, keys, itemValue(items[at + 1]!), key.line, [...path, ...keys]);
    }
    return fields;
  }

  #put(
    target: Fields,
    keys: readonly string[],
    value: JsonValue,
    line: number,
    path: readonly (string | number)[],
  ): void {
    if (keys.length > MAX_DEPTH) throw new CardError('a key has too many parts', line);
    let place = target;
    keys.forEach((key, i) => {
      if (key in Object.prototype || key === 'prototype')
        throw new CardError(`the word "${key}" can't be a key`, line);
      const last = i === keys.length - 1;
      const there = Object.hasOwn(place, key) ? place[key] : undefined;
      if (last && there !== undefined) throw new CardError(`"${keys.join('.')}" is here a second time`, line);
      if (last) place[key] = value;
      else if (there === undefined) place = (place[key] = {}) as Fields;
      else if (isFields(there)) place = there;
      else throw new CardError(`"${keys.join('.')}" is here a second time`, line);
    });
    this.#lines.set(path.join('\n'), line);
  }

  #lineOf(path: readonly (string | number)[]): number {
    for (let length = path.length; length > 0; length--) {
      const line = this.#lines.get(path.slice(0, length).join('\n'));
      if (line !== undefined) return line;
    }
    return this.#line;
  }
}

/** A step by the number that the card gives it, which is an index of the whole scenario. */
export const cardStep = (number: unknown) => `step ${String(number)} (a card numbers its steps from 0)`;

function stepNumber({ head, name, line }: Label): number {
  const number = name !== null && /^\d{1,6}$/.test(name) ? Number(name) : NaN;
  if (!(number < CAPS.steps)) throw new CardError(`"${head}" has no step number after it`, line);
  return number;
}

function itemValue(item: Item): JsonValue {
  if (item.kind === 'value') return item.value;
  const { text, line } = item;
  if (/^-?\d+$/.test(text)) {
    if (text.length > 40) throw new CardError('no number here has so many digits', line);
    return BigInt(text);
  }
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return text.includes('|') ? text.split('|') : text;
}

function wordOf(item: Item): string {
  return item.kind === 'word' ? JSON.stringify(item.text.slice(0, 40)) : 'a value';
}

function isFields(value: JsonValue | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
