// SPDX-License-Identifier: MIT
import { CError } from './c-expression.ts';
import { BOTH, MAPPING, NAMED, type CMapping } from './c-mapping.ts';

/** More than anybody would write. */
const MOST_MAPPINGS = 1_000;

/**
 * The mappings that a text of C has filled in so far, by their places (`['out', 'read']`), and what it declared of the
 * variables that lead to them.
 */
export class CMemory {
  readonly #mappings = new Map<string, CMapping>();
  /** Tags of the structs that variables are, or point at. */
  readonly #declared = new Map<string, string>();
  /** Pointers to a place within something else. */
  readonly #aliases = new Map<string, string[]>();
  /** Places that memset cleared. */
  readonly #cleared = new Set<string>();

  /** All mappings, in the order in which they were first met. */
  mappings(): CMapping[] {
    return [...this.#mappings.values()];
  }

  /** `struct TAG *name`: what a variable is, or points at. */
  declare(name: string, tag: string): void {
    this.#declared.set(name, tag);
  }

  /** `name = &target;`: from here on one is an alias of the other; null for a pointer to what is not known. */
  point(name: string, target: string[] | null): void {
    if (target === null) this.#aliases.delete(name);
    else this.#aliases.set(name, target);
  }

  /** The place that is meant where its first part is a pointer. */
  resolved(parts: readonly string[]): string[] {
    const target = this.#aliases.get(parts[0]!);
    return target === undefined ? [...parts] : [...target, ...parts.slice(1)];
  }

  /** Whether the text says, by type or by name, that a place is one mapping. */
  isMapping(parts: readonly string[]): boolean {
    const last = parts.at(-1)!;
    return NAMED.test(last) || (parts.length === 1 && MAPPING.has(this.#declared.get(last) ?? ''));
  }

  /** Whether the text declares a place as a struct of both mappings. */
  isBoth(parts: readonly string[]): boolean {
    return this.#declared.get(parts.join('.')) === BOTH;
  }

  /** The mapping at a place, if the text has filled in anything of it. */
  find(parts: readonly string[]): CMapping | undefined {
    return this.#mappings.get(parts.join('.'));
  }

  /** The mapping at a place, which may be the first that is heard of it. */
  at(parts: readonly string[], line: number): CMapping {
    const known = this.find(parts);
    if (known !== undefined) return known;
    const mapping = this.fresh(parts, line);
    mapping.zeroed = parts.some((_, i) => this.#cleared.has(parts.slice(0, i + 1).join('.')));
    mapping.certain = this.isMapping(parts);
    return mapping;
  }

  /** A mapping with nothing but zeros in the place of what was there. */
  fresh(parts: readonly string[], line: number): CMapping {
    if (this.#mappings.size >= MOST_MAPPINGS)
      throw new CError('more mappings than anybody would write', line);
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
    this.#mappings.set(name, mapping);
    return mapping;
  }

  /** A copy of another mapping in the place of what was there. */
  copy(parts: readonly string[], source: CMapping, line: number): void {
    const copy = this.fresh(parts, line);
    for (const [field, one] of source.fields) copy.fields.set(field, { ...one, line, times: 1 });
    copy.zeroed = source.zeroed;
  }

  /** Forgets what was assigned to a place and to what is within it. */
  clear(parts: readonly string[]): void {
    const key = parts.join('.');
    for (const mapping of this.#mappings.values())
      if (mapping.name === key || mapping.name.startsWith(`${key}.`)) {
        mapping.fields.clear();
        mapping.zeroed = true;
      }
  }

  /** As clear(), and what is met there later has zeros. */
  zero(parts: readonly string[]): void {
    this.#cleared.add(parts.join('.'));
    this.clear(parts);
  }
}
