// SPDX-License-Identifier: MIT
import { FUSE_IOMAP_TYPE, NULL_ADDR } from '../kernel/names.ts';
import { CError } from './c-expression.ts';
import { FIELDS, FIELD_BITS, isField, type CMapping } from './c-mapping.ts';
import type { CMemory } from './c-memory.ts';
import { placeAt } from './c-places.ts';
import type { CToken } from './c-tokens.ts';
import type { CValues } from './c-values.ts';

/**
 * Carries out a call of a function of libc or libfuse that fills in mappings.
 *
 * @param args the tokens of each argument
 * @returns whether it was carried out: false for any other function, and for arguments that lead to no mapping
 */
export function callKnown(
  memory: CMemory,
  values: CValues,
  name: string,
  args: readonly CToken[][],
  line: number,
): boolean {
  const [first, second] = args.map((arg) => pointedAt(memory, arg));
  switch (name) {
    case 'memset':
      return first != null && fill(memory, first, byteOf(values, args[1] ?? [], line), line);
    case 'bzero':
      return first != null && fill(memory, first, 0n, line);
    case 'memcpy':
    case 'memmove':
      return first != null && second != null && copy(memory, first, second, line);
    case 'fuse_iomap_begin_pure_overwrite':
      return first != null && pureOverwrite(memory, [...first, 'write'], [...first, 'read'], line);
    case 'fuse_iomap_pure_overwrite':
      return first != null && second != null && pureOverwrite(memory, first, second, line);
    default:
      return false;
  }
}

/** The place that an argument points at: `&out->read`, or a pointer. */
function pointedAt(memory: CMemory, tokens: readonly CToken[]): string[] | null {
  const from = tokens[0]?.text === '&' ? 1 : 0;
  const place = placeAt(tokens, from);
  return place === null || place.end !== tokens.length ? null : memory.resolved(place.parts);
}

/** The byte that memset() writes; null if it is not known. */
function byteOf(values: CValues, tokens: readonly CToken[], line: number): bigint | null {
  try {
    return tokens.length === 0 ? 0n : BigInt.asUintN(8, values.of(tokens, line));
  } catch (error) {
    if (error instanceof CError) return null;
    throw error;
  }
}

/** `memset(&out, 0, sizeof(out))`, of a field too, and with any byte. */
function fill(memory: CMemory, parts: string[], byte: bigint | null, line: number): boolean {
  if (byte === null) return false;
  const filled = byte * 0x0101_0101_0101_0101n;
  const put = (mapping: CMapping, field: (typeof FIELDS)[number]) => {
    const times = (mapping.fields.get(field)?.times ?? 0) + 1;
    mapping.fields.set(field, { value: BigInt.asUintN(FIELD_BITS[field], filled), line, times });
  };
  const last = parts.at(-1)!;
  if (parts.length > 1 && isField(last)) {
    put(memory.at(parts.slice(0, -1), line), last);
    return true;
  }
  if (byte === 0n) {
    memory.zero(parts);
    return true;
  }
  memory.clear(parts);
  const both = memory.isBoth(parts);
  if (!both && !memory.isMapping(parts)) return false;
  for (const target of both
    ? [
        [...parts, 'read'],
        [...parts, 'write'],
      ]
    : [parts]) {
    const mapping = memory.at(target, line);
    for (const field of FIELDS) put(mapping, field);
  }
  return true;
}

/** memcpy() of a mapping. */
function copy(memory: CMemory, to: string[], from: string[], line: number): boolean {
  const source = memory.find(from);
  if (source === undefined) return false;
  memory.copy(to, source, line);
  return true;
}

/** libfuse's helpers: the write mapping says that what is there is overwritten in place. */
function pureOverwrite(memory: CMemory, write: string[], read: string[], line: number): boolean {
  const source = memory.find(read);
  const mapping = memory.fresh(write, line);
  mapping.inBoth = true;
  for (const field of ['offset', 'length'] as const) {
    const one = source?.fields.get(field);
    if (one !== undefined) mapping.fields.set(field, { ...one, line, times: 1 });
  }
  mapping.fields.set('addr', { value: NULL_ADDR, line, times: 1 });
  mapping.fields.set('type', { value: BigInt(FUSE_IOMAP_TYPE.PURE_OVERWRITE), line, times: 1 });
  return true;
}
