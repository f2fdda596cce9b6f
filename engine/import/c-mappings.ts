// SPDX-License-Identifier: MIT
import { nearest } from '../scenario/nearest.ts';
import { Passed, callAt, keywordWords } from './c-calls.ts';
import { CError } from './c-expression.ts';
import { BOTH, FIELDS, MAPPING, isField, type CMapping } from './c-mapping.ts';
import { initialiserAt, type Initialiser } from './c-initialiser.ts';
import { callKnown } from './c-library.ts';
import { CMemory } from './c-memory.ts';
import { MOST_PARTS, MOST_VALUE, beginsStatement, placeAt, statementEnd, type Place } from './c-places.ts';
import { CValues } from './c-values.ts';
import { isName } from './c-words.ts';
import type { CMacros, CToken } from './c-tokens.ts';

/**
 * Walks C source from its first word to its last, as if every statement in it were executed once, and returns
 * the mappings that are initialised or assigned to on the way. It skips what it does not know.
 *
 * @throws CError for an initialiser list that can't be read.
 */
export function cMappings(
  tokens: readonly CToken[],
  macros: CMacros,
): { mappings: CMapping[]; passed: string[] } {
  const walk = new Walk(tokens, macros);
  return { mappings: walk.mappings(), passed: walk.passed.sentences() };
}

const ASSIGNS: ReadonlySet<string> = new Set(
  ['', '-', '+', '*', '/', '%', '&', '|', '^', '<<', '>>'].map((operation) => `${operation}=`),
);
const isJoint = (text: string | undefined): boolean => text === '->' || text === '.';

/** Index of the parenthesis that closes the one at `at`; where none does, `at`. */
function closing(tokens: readonly CToken[], at: number): number {
  let deep = 0;
  for (let i = at; i < tokens.length && i < at + MOST_VALUE; i++) {
    if (tokens[i]!.text === '(') deep++;
    else if (tokens[i]!.text === ')' && --deep === 0) return i;
  }
  return at;
}

/** What each word of the text begins, and what follows for the memory. */
class Walk {
  readonly #tokens: readonly CToken[];
  readonly #memory = new CMemory();
  readonly #values: CValues;
  /** What is not carried out. */
  readonly passed = new Passed();
  #nameless = 0;
  /** Index of the token up to which nothing is an assignment: it is within something that has no end. */
  #endlessTo = 0;

  constructor(tokens: readonly CToken[], macros: CMacros) {
    this.#tokens = tokens;
    this.#values = new CValues(this.#memory, macros);
  }

  mappings(): CMapping[] {
    const tokens = this.#tokens;
    for (let at = 0; at < tokens.length; at++) {
      const { text } = tokens[at]!;
      if (text === '{') at = this.#initialiser(at);
      else if (text === 'struct') this.#declaration(at);
      else if (text === 'for') at = this.#loop(at);
      else if (isName(text) && !isJoint(tokens[at - 1]?.text)) {
        this.#keyword(at);
        if (!this.#call(at)) this.#assignment(at);
      } else if (!isJoint(tokens[at - 1]?.text)) this.#mark(at);
    }
    return this.#memory.mappings();
  }

  /** `struct fuse_iomap_io *read, write`: what the names are. */
  #declaration(at: number): void {
    const tag = this.#tokens[at + 1]?.text ?? '';
    if (!MAPPING.has(tag) && tag !== BOTH) return;
    for (let i = at + 2; i < at + 24; i++) {
      const text = this.#tokens[i]?.text ?? ';';
      if (isName(text) && !/^(?:const|struct)$/.test(text)) this.#memory.declare(text, tag);
      else if (!/^[*,]$|^const$/.test(text)) return;
    }
  }

  #initialiser(at: number): number {
    const found = initialiserAt(this.#tokens, at);
    if (found === null) return at;
    const { line } = this.#tokens[at]!;
    const parts = this.#target(found, at);
    const keys = [...found.values.keys()];
    if (found.tag === BOTH || keys.some((key) => /^(read|write)(\.|$)/.test(key)))
      this.#both(found, parts, line);
    else if (MAPPING.has(found.tag) || keys.some(isField)) {
      const mapping = this.#memory.fresh(parts, line);
      for (const [key, { tokens, line }] of found.values)
        this.#values.assignField(mapping, key, '=', tokens, line);
    }
    return found.end;
  }

  #both({ values }: Initialiser, parts: string[], line: number): void {
    for (const [key, { line }] of values)
      if (!/^(read|write)\./.test(key)) throw new CError(`struct ${BOTH} has no field "${key}"`, line);
    for (const which of ['read', 'write']) {
      const mapping = this.#memory.fresh([...parts, which], line);
      mapping.inBoth = true;
      for (const [key, { tokens, line }] of values)
        if (key.startsWith(`${which}.`))
          this.#values.assignField(mapping, key.slice(which.length + 1), '=', tokens, line);
    }
  }

  /** What an initialiser is for: the place before its `=`, or else a name of its own. */
  #target({ name }: Initialiser, open: number): string[] {
    let at = open - 1;
    if (this.#tokens[at]?.text === ')') at -= 4;
    if (this.#tokens[at]?.text !== '=') return [`${name}#${this.#nameless++}`];
    const parts: string[] = [];
    for (at--; at >= 0 && parts.length < MOST_PARTS; at -= 2) {
      parts.unshift(this.#tokens[at]!.text);
      if (!isJoint(this.#tokens[at - 1]?.text)) break;
    }
    return this.#memory.resolved(parts);
  }

  #keyword(at: number): void {
    const { text, line } = this.#tokens[at]!;
    const words = keywordWords(text);
    if (words !== null) this.passed.add(words, line);
  }

  /** What stands in the parentheses of a loop happens any number of times. */
  #loop(at: number): number {
    this.#keyword(at);
    const end = this.#tokens[at + 1]?.text === '(' ? closing(this.#tokens, at + 1) : at;
    for (let i = at; i < end; i++)
      if (isName(this.#tokens[i]!.text) && this.#tokens[i + 1]?.text === '=')
        this.#values.forget(this.#tokens[i]!.text);
    return end;
  }

  /** A mark that begins nothing known: `*out = …` is an assignment, `++` and `?` are named. */
  #mark(at: number): void {
    const { text, line } = this.#tokens[at]!;
    if (text === '?') this.passed.add('"?" is not decided', line);
    else if ((text === '+' || text === '-') && this.#tokens[at + 1]?.text === text) {
      this.passed.add(`"${text}${text}" is not carried out`, line);
      for (const near of [this.#tokens[at - 1], this.#tokens[at + 2]])
        if (near !== undefined && isName(near.text)) this.#values.forget(near.text);
    } else this.#assignment(at);
  }

  /** A call: what is known is done, and any other is named. False if it is none. */
  #call(at: number): boolean {
    const call = callAt(this.#tokens, at);
    if (call === null) return false;
    const { text, line } = this.#tokens[at]!;
    if (!callKnown(this.#memory, this.#values, text, call.args, line))
      this.passed.add(`the call of ${text.slice(0, 60)}() is not carried out`, line);
    return true;
  }

  #assignment(at: number): void {
    const place = placeAt(this.#tokens, at);
    if (place === null) return;
    const operator = this.#tokens[place.end]?.text ?? '';
    if (!ASSIGNS.has(operator) || this.#tokens[place.end + 1]?.text === '{') return;
    if (at < this.#endlessTo) return;
    const end = statementEnd(this.#tokens, place.end + 1);
    if (end - place.end > MOST_VALUE) {
      // Not searched again from each of its words.
      this.#endlessTo = at + MOST_VALUE / 2;
      return;
    }
    const all = this.#tokens.slice(place.end + 1, end);
    // `a = b = 1`: both get the last.
    const value = all.slice(all.findLastIndex(({ text }) => text === '=') + 1);
    if (operator === '=' && this.#points(place, value)) return;
    const parts = this.#memory.resolved(place.parts);
    if (operator === '=' && this.#copies(place, parts, value, at)) return;
    if (place.pointedAt && this.#tokens[at]?.text === '*') return;
    const field = parts.at(-1)!;
    if (parts.length < 2) return this.#values.assignNumber(parts[0]!, operator, value, place.line);
    const owner = parts.slice(0, -1);
    const certain = this.#memory.isMapping(owner);
    if (!isField(field)) {
      const known = this.#memory.find(owner);
      const near = nearest(field, FIELDS);
      if (known !== undefined && certain && near !== undefined)
        known.fault ??= new CError(`a mapping has no field "${field}": is it "${near}"?`, place.line);
      return;
    }
    const mapping = this.#memory.at(owner, place.line);
    mapping.certain ||= value.some(({ text }) => text.startsWith('FUSE_IOMAP_'));
    this.#values.assignField(mapping, field, operator, value, place.line);
  }

  /** `read = &out->read;`: from here on one is an alias of the other. */
  #points(place: Place, value: readonly CToken[]): boolean {
    if (place.parts.length > 1 || value[0]?.text !== '&') return false;
    const target = placeAt(value, 1);
    if (target === null || target.end !== value.length) return false;
    const parts = this.#memory.resolved(target.parts);
    // `p = &p->next;` repeated would grow without end.
    this.#memory.point(place.parts[0]!, parts.length > MOST_PARTS ? null : parts);
    return true;
  }

  /** `out->write = out->read;` and `*write = *read;` */
  #copies(place: Place, parts: string[], value: readonly CToken[], at: number): boolean {
    if (
      parts.length === 1 &&
      !(place.pointedAt && beginsStatement(this.#tokens, at)) &&
      !this.#memory.isMapping(parts)
    )
      return false;
    const from = placeAt(value, 0);
    if (from === null || from.end !== value.length) return false;
    const source = this.#memory.find(this.#memory.resolved(from.parts));
    if (source === undefined || isField(parts.at(-1)!)) return false;
    this.#memory.copy(parts, source, place.line);
    return true;
  }
}
