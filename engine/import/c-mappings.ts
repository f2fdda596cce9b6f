// SPDX-License-Identifier: MIT
import { nearest } from '../scenario/nearest.ts';
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
export function cMappings(tokens: readonly CToken[], macros: CMacros): CMapping[] {
  return new Walk(tokens, macros).mappings();
}

const isJoint = (text: string | undefined): boolean => text === '->' || text === '.';

/** More than anybody would write. */
const MOST_MAPPINGS = 1_000;

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
      else if (text === 'memset') this.#memset(at);
      else if (!isJoint(tokens[at - 1]?.text)) this.#assignment(at);
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

  /** `memset(&out, 0, sizeof(out))` */
  #memset(at: number): void {
    if (this.#tokens[at + 1]?.text !== '(') return;
    const from = this.#tokens[at + 2]?.text === '&' ? at + 3 : at + 2;
    const place = placeAt(this.#tokens, from);
    if (place === null || this.#tokens[place.end]?.text !== ',' || this.#tokens[place.end + 1]?.text !== '0')
      return;
    const key = this.#resolved(place.parts).join('.');
    this.#cleared.add(key);
    for (const mapping of this.#found.values())
      if (mapping.name === key || mapping.name.startsWith(`${key}.`)) {
        mapping.fields.clear();
        mapping.zeroed = true;
      }
  }

  #assignment(at: number): void {
    const place = placeAt(this.#tokens, at);
    if (place === null) return;
    const operator = /^(=|(?:[-+*/%&|^]|<<|>>)=)$/.exec(this.#tokens[place.end]?.text ?? '')?.[1];
    if (operator === undefined || this.#tokens[place.end + 1]?.text === '{') return;
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
    if (parts.length < 2) return;
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
    const { line } = place;
    const copy = this.#fresh(parts, line);
    for (const [field, one] of source.fields) copy.fields.set(field, { ...one, line, times: 1 });
    copy.zeroed = source.zeroed;
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
