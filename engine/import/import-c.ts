// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import type { WireMapping } from '../run/types.ts';
import { CError } from './c-expression.ts';
import { FIELDS, FIELD_BITS, type CMapping } from './c-mapping.ts';
import { cMappings } from './c-mappings.ts';
import { cMacros, cTokens } from './c-tokens.ts';
import { looksLikePrinted, printedAsC } from './gdb-print.ts';
import { plainLines, type PlainLine } from '../mail/quotes.ts';
import { replyValue } from './reply-value.ts';
import { IMPORT_CHARS, refuse, type ImportError, type ImportedReply } from './types.ts';

/**
 * A reply from C source: designated initialisers of struct fuse_iomap_begin_out, or of one or two struct fuse_iomap_io
 * or fuse_file_iomap, and assignments to their fields, executed in order. The one whose name has `write` in it
 * is the write mapping; without names the first is read. A call with NULL for the write mapping, or none at all,
 * leaves it out. Never throws.
 */
export function importC(text: string): ImportedReply | ImportError {
  if (text.length > IMPORT_CHARS) return refuse(`At most ${grouped(IMPORT_CHARS)} characters are read.`);
  try {
    const lines = looksLikePrinted(text) ? printed(plainLines(text)) : plainLines(text);
    const tokens = cTokens(lines);
    const walked = cMappings(tokens, cMacros(lines));
    const mappings = chosenOf(walked.mappings);
    if (mappings.length === 0)
      return refuse(
        'Expected a designated initialiser such as "struct fuse_iomap_io read = { .offset = 0, .length = 4096, … };", ' +
          'or assignments such as "out->read.offset = 0;".',
        tokens[0]?.line ?? 1,
      );
    const write =
      mappings.find(({ name }) => sideOf(name) === 'write') ??
      mappings.filter(({ name }) => sideOf(name) === null)[1];
    const read = mappings.find((mapping) => mapping !== write && sideOf(mapping.name) !== 'write');
    // In a struct of both, fields without a value are zeroed.
    const both = (read ?? write)!.inBoth;
    if (read === undefined && !both)
      return refuse(
        'There is a write mapping and no read mapping: name one of them "read".',
        write?.line ?? 1,
      );
    const unknown: string[] = [...walked.passed];
    refuseUnknown([read, write]);
    if (read === undefined) unknown.push('Nothing is assigned to read: all of it is taken as 0.');
    if (write === undefined)
      unknown.push(
        both
          ? 'Nothing is assigned to write: all of it is taken as 0.'
          : 'The write mapping: it is left out, so that a pure overwrite of read stands in.',
      );
    const maps = {
      read: read === undefined ? ZERO : mapOf(read, 'read', unknown),
      write: write !== undefined ? mapOf(write, 'write', unknown) : both ? ZERO : null,
    };
    const more = mappings.length - (read === undefined ? 0 : 1) - (write === undefined ? 0 : 1);
    if (more > 0) unknown.push(`${more} more ${more === 1 ? 'mapping was' : 'mappings were'} skipped.`);
    return { ok: true, reply: replyValue(maps.read, maps.write), ...maps, unknown };
  } catch (error) {
    if (!(error instanceof CError)) throw error;
    return refuse(`The C can't be read: ${error.message}.`, error.line);
  }
}

/** `out->read.offset = 4096;`: a field of something named read or write, or one of the known constants. */
const ASSIGNMENT =
  /(?:\b(?:read|write)\w{0,20}\)?(?:->|\.)(?:offset|length|addr|type|flags|dev)\s{0,20}(?:[-+|&^]|<<)?=(?!=)[^;=]{1,300};|(?:->|\.)(?:offset|length|addr|type|flags|dev)\s{0,20}\|?=\s{0,20}FUSE_IOMAP_)/;

/** Whether the text looks like C for importC(), for sniffing. */
export function looksLikeC(text: string): boolean {
  return (
    looksLikePrinted(text) ||
    /\bstruct\s+(?:fuse_iomap_begin_out|fuse_iomap_io|fuse_file_iomap)\b[^;{]{0,80}\{/.test(text) ||
    /\{\s*\.(?:read\s*[.=]|write\s*[.=]|offset|length|addr|type|dev)\b/.test(text) ||
    ASSIGNMENT.test(text)
  );
}

const ZERO: WireMapping = { offset: 0n, length: 0n, addr: 0n, type: 0, flags: 0, dev: 0 };

/** Those that are certainly mappings; if there are none, those that have the fields of one. */
function chosenOf(mappings: readonly CMapping[]): CMapping[] {
  const certain = mappings.filter((mapping) => mapping.certain);
  return certain.length > 0 ? certain : mappings.filter(({ fields }) => fields.size > 1);
}

/** Which of the two a name means, its last part before the others; null if it does not say. */
function sideOf(name: string): 'read' | 'write' | null {
  for (const part of [name.slice(name.lastIndexOf('.') + 1), name]) {
    if (/write|(?:^|[_.])wr(?:[_#[]|$)/i.test(part)) return 'write';
    if (/read|(?:^|[_.])rd(?:[_#[]|$)/i.test(part)) return 'read';
  }
  return null;
}

/** Lines of a debugger as lines of C. */
function printed(lines: readonly PlainLine[]): PlainLine[] {
  const texts = printedAsC(lines.map(({ text }) => text).join('\n')).split('\n');
  return lines.map((line, i) => ({ ...line, text: texts[i] ?? '' }));
}

/** Of a text none of whose values is known nothing is left to judge. */
function refuseUnknown(mappings: readonly (CMapping | undefined)[]): void {
  const values = mappings
    .flatMap((mapping) => [...(mapping?.fields.values() ?? [])])
    .map(({ value }) => value);
  const first = values.find((value) => value instanceof CError);
  if (first !== undefined && values.every((value) => value instanceof CError)) throw first;
}

/** @param unknown is told what is not assigned, or more than once, and which values are wider than their fields */
function mapOf({ fields, zeroed, fault }: CMapping, which: string, unknown: string[]): WireMapping {
  if (fault !== null) throw fault;
  const map: Record<string, bigint> = {};
  for (const field of FIELDS) {
    const { value: given = 0n, line = 1, times = 1 } = fields.get(field) ?? {};
    if (given instanceof CError) {
      if (given.unknown === null) throw given;
      unknown.push(
        `${which}.${field} is not known: line ${line} takes it from "${given.unknown}", which has a value only at ` +
          'run time. It is 0 here: write it.',
      );
    }
    const value = given instanceof CError ? 0n : given;
    const kept = BigInt.asUintN(FIELD_BITS[field], value);
    // A sign extension that is cut off loses nothing: -1 fills the field.
    if (kept !== value && BigInt.asUintN(64, BigInt.asIntN(FIELD_BITS[field], value)) !== value)
      unknown.push(
        `.${field} = 0x${value.toString(16)}: the field has ${FIELD_BITS[field]} bits, 0x${kept.toString(16)} is left.`,
      );
    if (times > 1)
      unknown.push(`${which}.${field} is assigned ${times} times: the last time, in line ${line}, counts.`);
    map[field] = kept;
  }
  const unsaid = FIELDS.filter((field) => !fields.has(field));
  if (!zeroed && unsaid.length > 0)
    unknown.push(`${which}: nothing is assigned to ${unsaid.join(', ')}; taken as 0.`);
  const { offset, length, addr, type, flags, dev } = map as Record<keyof WireMapping, bigint>;
  return { offset, length, addr, type: Number(type), flags: Number(flags), dev: Number(dev) };
}
