// SPDX-License-Identifier: MIT
import { FUSE_IOMAP_TYPE, NULL_ADDR } from '../kernel/names.ts';
import { nearest } from '../scenario/nearest.ts';
import { Passed, callAt, keywordWords } from './c-calls.ts';
import { CError, evaluate } from './c-expression.ts';
import { BOTH, FIELDS, MAPPING, NAMED, combined, isField, type CMapping } from './c-mapping.ts';
import { initialiserAt, type Initialiser } from './c-initialiser.ts';
import { MOST_PARTS, MOST_VALUE, beginsStatement, placeAt, statementEnd, type Place } from './c-places.ts';
import { isName } from './c-words.ts';
import { expandMacros, type CMacros, type CToken } from './c-tokens.ts';

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

/** More than anybody would write. */
const MOST_MAPPINGS = 1_000;
const MOST_NUMBERS = 10_000;

const PURE_OVERWRITE = { addr: NULL_ADDR, type: BigInt(FUSE_IOMAP_TYPE.PURE_OVERWRITE) };

/** Index of the parenthesis that closes the one at `at`; where none does, `at`. */
function closing(tokens: readonly CToken[], at: number): number {
  let deep = 0;
  for (let i = at; i < tokens.length && i < at + MOST_VALUE; i++) {
    if (tokens[i]!.text === '(') deep++;
    else if (tokens[i]!.text === ')' && --deep === 0) return i;
  }
  return at;
}

class Walk {
  readonly #tokens: readonly CToken[];
  readonly #macros: CMacros;
  readonly #found = new Map<string, CMapping>();
  /** Tags of the structs that variables are, or point at. */
  readonly #declared = new Map<string, string>();
  /** Pointers to a place within something else. */
  readonly #aliases = new Map<string, string[]>();
  /** Places that memset cleared. */
  readonly #cleared = new Set<string>();
  /** What numbers other variables have; null for one whose value is not known. */
  readonly #numbers = new Map<string, bigint | null>();
  /** What is not carried out. */
  readonly passed = new Passed();
  #nameless = 0;
  /** Index of the token up to which nothing is an assignment: it is within something that has no end. */
  #endlessTo = 0;

  constructor(tokens: readonly CToken[], macros: CMacros) {
    this.#tokens = tokens;
    this.#macros = macros;
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
    return [...this.#found.values()];
  }

  /** `struct fuse_iomap_io *read, write`: what the names are. */
  #declaration(at: number): void {
    const tag = this.#tokens[at + 1]?.text ?? '';
    if (!MAPPING.has(tag) && tag !== BOTH) return;
    for (let i = at + 2; i < at + 24; i++) {
      const text = this.#tokens[i]?.text ?? ';';
      if (isName(text) && !/^(?:const|struct)$/.test(text)) this.#declared.set(text, tag);
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
      const mapping = this.#fresh(parts, line);
      for (const [key, { tokens, line }] of found.values) this.#set(mapping, key, '=', tokens, line);
    }
    return found.end;
  }

  #both({ values }: Initialiser, parts: string[], line: number): void {
    for (const [key, { line }] of values)
      if (!/^(read|write)\./.test(key)) throw new CError(`struct ${BOTH} has no field "${key}"`, line);
    for (const which of ['read', 'write']) {
      const mapping = this.#fresh([...parts, which], line);
      mapping.inBoth = true;
      for (const [key, { tokens, line }] of values)
        if (key.startsWith(`${which}.`)) this.#set(mapping, key.slice(which.length + 1), '=', tokens, line);
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
    return this.#resolved(parts);
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
        this.#numbers.set(this.#tokens[i]!.text, null);
    return end;
  }

  /** A mark that begins nothing known: `*out = …` is an assignment, `++` and `?` are named. */
  #mark(at: number): void {
    const { text, line } = this.#tokens[at]!;
    if (text === '?') this.passed.add('"?" is not decided', line);
    else if ((text === '+' || text === '-') && this.#tokens[at + 1]?.text === text) {
      this.passed.add(`"${text}${text}" is not carried out`, line);
      for (const near of [this.#tokens[at - 1], this.#tokens[at + 2]])
        if (near !== undefined && isName(near.text)) this.#numbers.set(near.text, null);
    } else this.#assignment(at);
  }

  /** A call: what is known is done, and any other is named. False if it is none. */
  #call(at: number): boolean {
    const call = callAt(this.#tokens, at);
    if (call === null) return false;
    const { text, line } = this.#tokens[at]!;
    if (!this.#known(text, call.args, line))
      this.passed.add(`the call of ${text.slice(0, 60)}() is not carried out`, line);
    return true;
  }

  #known(name: string, args: readonly CToken[][], line: number): boolean {
    const [first, second] = args.map((arg) => this.#argument(arg));
    switch (name) {
      case 'memset':
      case 'bzero':
        return first != null && this.#fill(first, name === 'bzero' ? [] : (args[1] ?? []), line);
      case 'memcpy':
      case 'memmove':
        return first != null && second != null && this.#copy(first, second, line);
      case 'fuse_iomap_begin_pure_overwrite':
        return first != null && this.#pureOverwrite([...first, 'write'], [...first, 'read'], line);
      case 'fuse_iomap_pure_overwrite':
        return first != null && second != null && this.#pureOverwrite(first, second, line);
      default:
        return false;
    }
  }

  /** The place that an argument points at: `&out->read`, or a pointer. */
  #argument(tokens: readonly CToken[]): string[] | null {
    const from = tokens[0]?.text === '&' ? 1 : 0;
    const place = placeAt(tokens, from);
    return place === null || place.end !== tokens.length ? null : this.#resolved(place.parts);
  }

  /** `memset(&out, 0, sizeof(out))`, of a field too, and with any byte. */
  #fill(parts: string[], byteTokens: readonly CToken[], line: number): boolean {
    let byte: bigint;
    try {
      byte = byteTokens.length === 0 ? 0n : this.#value(byteTokens, line) & 0xffn;
    } catch (error) {
      if (error instanceof CError) return false;
      throw error;
    }
    const literal = [{ text: `0x${(byte * 0x0101_0101_0101_0101n).toString(16)}`, line }];
    const field = parts.at(-1)!;
    if (parts.length > 1 && isField(field)) {
      const width = BigInt({ type: 4, flags: 4, dev: 8 }[field as string] ?? 16);
      const digits = literal[0]!.text.slice(2).padStart(16, '0').slice(0, Number(width));
      this.#set(this.#at(parts.slice(0, -1), line), field, '=', [{ text: `0x${digits}`, line }], line);
      return true;
    }
    const key = parts.join('.');
    if (byte === 0n) this.#cleared.add(key);
    const inside = [...this.#found.values()].filter(({ name }) => name === key || name.startsWith(`${key}.`));
    for (const mapping of inside) {
      mapping.fields.clear();
      mapping.zeroed = true;
    }
    if (byte === 0n) return true;
    const both = this.#declared.get(key) === BOTH;
    const all = both
      ? [
          [...parts, 'read'],
          [...parts, 'write'],
        ]
      : [parts];
    if (!both && !this.#isMapping(parts)) return false;
    for (const target of all) {
      const mapping = this.#at(target, line);
      for (const one of FIELDS) {
        const width = { type: 4, flags: 4, dev: 8 }[one as string] ?? 16;
        this.#set(mapping, one, '=', [{ text: literal[0]!.text.slice(0, 2 + width), line }], line);
      }
    }
    return true;
  }

  /** memcpy() of a mapping. */
  #copy(to: string[], from: string[], line: number): boolean {
    const source = this.#found.get(from.join('.'));
    if (source === undefined) return false;
    this.#copied(to, source, line);
    return true;
  }

  #copied(parts: string[], source: CMapping, line: number): void {
    const copy = this.#fresh(parts, line);
    for (const [field, one] of source.fields) copy.fields.set(field, { ...one, line, times: 1 });
    copy.zeroed = source.zeroed;
  }

  /** libfuse's helpers: the write mapping says that what is there is overwritten in place. */
  #pureOverwrite(write: string[], read: string[], line: number): boolean {
    const source = this.#found.get(read.join('.'));
    const mapping = this.#fresh(write, line);
    mapping.inBoth = true;
    for (const field of ['offset', 'length'] as const) {
      const one = source?.fields.get(field);
      if (one !== undefined) mapping.fields.set(field, { ...one, line, times: 1 });
    }
    const { addr, type } = PURE_OVERWRITE;
    mapping.fields.set('addr', { value: addr, line, times: 1 });
    mapping.fields.set('type', { value: type, line, times: 1 });
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
    const parts = this.#resolved(place.parts);
    if (operator === '=' && this.#copies(place, parts, value, at)) return;
    if (place.pointedAt && this.#tokens[at]?.text === '*') return;
    const field = parts.at(-1)!;
    if (parts.length < 2) return this.#number(parts[0]!, operator, value, place.line);
    const owner = parts.slice(0, -1);
    const certain = this.#isMapping(owner);
    if (!isField(field)) {
      const known = this.#found.get(owner.join('.'));
      const near = nearest(field, FIELDS);
      if (known !== undefined && certain && near !== undefined)
        known.fault ??= new CError(`a mapping has no field "${field}": is it "${near}"?`, place.line);
      return;
    }
    const mapping = this.#at(owner, place.line);
    mapping.certain ||= value.some(({ text }) => text.startsWith('FUSE_IOMAP_'));
    this.#set(mapping, field, operator, value, place.line);
  }

  /** `const uint64_t bs = 4096;` */
  #number(name: string, operator: string, tokens: readonly CToken[], line: number): void {
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

  #numberOf(tokens: readonly CToken[], line: number): bigint | null {
    const first = tokens[0]?.text ?? '';
    // A pointer has none, and another variable the one that it has.
    if (first === '*' || first === '&') return null;
    const known = tokens.length === 1 ? this.#numbers.get(first) : undefined;
    if (known !== undefined) return known;
    const foreign = tokens.length === 1 && isName(first) && !this.#macros.has(first) && /^[a-z]/.test(first);
    return foreign ? null : this.#value(tokens, line);
  }

  /** `read = &out->read;`: from here on one is an alias of the other. */
  #points(place: Place, value: readonly CToken[]): boolean {
    if (place.parts.length > 1 || value[0]?.text !== '&') return false;
    const target = placeAt(value, 1);
    if (target === null || target.end !== value.length) return false;
    const parts = this.#resolved(target.parts);
    // `p = &p->next;` repeated would grow without end.
    if (parts.length > MOST_PARTS) this.#aliases.delete(place.parts[0]!);
    else this.#aliases.set(place.parts[0]!, parts);
    return true;
  }

  /** `out->write = out->read;` and `*write = *read;` */
  #copies(place: Place, parts: string[], value: readonly CToken[], at: number): boolean {
    if (
      parts.length === 1 &&
      !(place.pointedAt && beginsStatement(this.#tokens, at)) &&
      !this.#isMapping(parts)
    )
      return false;
    const from = placeAt(value, 0);
    if (from === null || from.end !== value.length) return false;
    const source = this.#found.get(this.#resolved(from.parts).join('.'));
    if (source === undefined || isField(parts.at(-1)!)) return false;
    this.#copied(parts, source, place.line);
    return true;
  }

  #set(mapping: CMapping, field: string, operator: string, tokens: readonly CToken[], line: number): void {
    if (!isField(field)) {
      mapping.fault ??= new CError(`a mapping has no field "${field}"`, line);
      return;
    }
    const before = mapping.fields.get(field);
    let value: bigint | CError;
    try {
      const right = this.#value(tokens, line);
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

  /** The value of an expression; it may use fields that were assigned before. */
  #value(tokens: readonly CToken[], line: number): bigint {
    const out: CToken[] = [];
    for (let at = 0; at < tokens.length; at++) {
      const place = tokens[at]!.text === '(' || isName(tokens[at]!.text) ? placeAt(tokens, at) : null;
      const parts = place === null || place.parts.length < 2 ? [] : this.#resolved(place.parts);
      const owner = this.#found.get(parts.slice(0, -1).join('.'));
      const field = parts.at(-1) ?? '';
      const number =
        place?.parts.length === 1 && !place.pointedAt ? this.#numbers.get(tokens[at]!.text) : null;
      if (number != null) {
        out.push({ text: `0x${number.toString(16)}`, line: tokens[at]!.line });
        continue;
      }
      if (place === null || owner === undefined || !isField(field)) {
        out.push(tokens[at]!);
        continue;
      }
      const known = owner.fields.get(field)?.value ?? (owner.zeroed ? 0n : undefined);
      if (known instanceof CError) throw known;
      if (known === undefined)
        throw new CError(`"${place.parts.join('.')}" was not given a value before it is used`, line);
      out.push({ text: `0x${known.toString(16)}`, line: tokens[at]!.line });
      at = place.end - 1;
    }
    return evaluate(expandMacros(out, this.#macros), line);
  }

  #resolved(parts: readonly string[]): string[] {
    const target = this.#aliases.get(parts[0]!);
    return target === undefined ? [...parts] : [...target, ...parts.slice(1)];
  }

  #isMapping(parts: readonly string[]): boolean {
    const last = parts.at(-1)!;
    if (parts.length === 1) return MAPPING.has(this.#declared.get(last) ?? '') || NAMED.test(last);
    return NAMED.test(last);
  }

  #at(parts: readonly string[], line: number): CMapping {
    const name = parts.join('.');
    const known = this.#found.get(name);
    if (known !== undefined) return known;
    const mapping = this.#fresh(parts, line);
    mapping.zeroed = parts.some((_, i) => this.#cleared.has(parts.slice(0, i + 1).join('.')));
    mapping.certain = this.#isMapping(parts);
    return mapping;
  }

  #fresh(parts: readonly string[], line: number): CMapping {
    if (this.#found.size >= MOST_MAPPINGS) throw new CError('more mappings than anybody would write', line);
    const name = parts.join('.');
    const inBoth = parts.length > 1 && /^(?:read|write)$/.test(parts.at(-1)!);
    const mapping: CMapping = {
      name,
      fields: new Map(),
      zeroed: true,
      inBoth,
      certain: true,
      fault: null,
      line,
    };
    this.#found.set(name, mapping);
    return mapping;
  }
}
