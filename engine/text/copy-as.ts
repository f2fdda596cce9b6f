// SPDX-License-Identifier: MIT
/**
 * A step's reply in the forms that other tools take. Each is null where the step has nothing of the kind: an
 * answer without mappings has no structs, a step without an answer has no bytes.
 */

import { FUSE_IOMAP_F, FUSE_IOMAP_TYPE, NULL_ADDR, flagNames, nameOf } from '../kernel/names.ts';
import type { Revision } from '../kernel/features.ts';
import { errnoText } from '../kernel/errno.ts';
import { typeNumber } from '../kernel/codes.ts';
import type { Execution, WireMapping } from '../run/types.ts';
import { executionToJson } from './json.ts';

/** The two structs as C designated initialisers, with the names of the kernel's uapi header. */
export function copyAsStructs({ reply }: Execution): string | null {
  if (reply?.read == null || reply.write === null) return null;
  return [
    ...structLines('fuse_iomap_io', 'read', reply.read),
    '',
    ...structLines('fuse_iomap_io', 'write', reply.write),
    '',
  ].join('\n');
}

/** The whole payload as one initialiser of struct fuse_iomap_begin_out. */
export function copyAsBeginOut({ reply }: Execution): string | null {
  if (reply?.read == null || reply.write === null) return null;
  return [
    'struct fuse_iomap_begin_out out = {',
    '\t.read = {',
    ...fieldLines(reply.read, '\t\t'),
    '\t},',
    '\t.write = {',
    ...fieldLines(reply.write, '\t\t'),
    '\t},',
    '};',
    '',
  ].join('\n');
}

/**
 * What a server on libfuse would call: fuse_reply_iomap_begin() with two struct fuse_file_iomap, the second NULL
 * if the scenario left it out, or fuse_reply_err(). Null for raw bytes, which no such call sends.
 */
export function copyAsLibfuse({ do: step, reply }: Execution): string | null {
  if (reply === null || reply.header === null || !reply.consumed) return null;
  const { error } = reply.header;
  if (error < 0 || step === 'iomap_end') return `fuse_reply_err(req, ${positiveErrno(error)});\n`;
  if (reply.read === null || reply.write === null) return null;
  const write = reply.writeFilledIn ? [] : ['', ...structLines('fuse_file_iomap', 'write', reply.write)];
  return [
    ...structLines('fuse_file_iomap', 'read', reply.read),
    ...write,
    '',
    `fuse_reply_iomap_begin(req, &read, ${reply.writeFilledIn ? 'NULL' : '&write'});`,
    '',
  ].join('\n');
}

/** The bytes of the whole answer as `xxd` prints them. */
export function copyAsHexdump({ reply }: Execution): string | null {
  return reply === null ? null : xxd(reply.bytes);
}

/** The step as JSON: 64-bit values as decimal strings, bytes as hex, as in the CLI's --json. */
export function copyAsJson(execution: Execution, revision: Revision): string {
  return `${JSON.stringify(executionToJson(execution, revision), null, 2)}\n`;
}

/** The lines that the kernel's tracepoints print for the step; null if it prints none. */
export function copyAsTrace({ log }: Execution): string | null {
  const lines = log.filter(({ source }) => source === 'tracepoint').map(({ text }) => `${text}\n`);
  return lines.length === 0 ? null : lines.join('');
}

/** Bytes as `xxd` prints them: offset, eight pairs, the printable ones. Ends with a line feed. */
export function xxd(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 16) {
    const row = Array.from(bytes.subarray(at, at + 16));
    const pairs = row.map((byte, i) => byte.toString(16).padStart(2, '0') + (i % 2 === 1 ? ' ' : ''));
    const shown = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    text += `${at.toString(16).padStart(8, '0')}: ${pairs.join('').padEnd(40)} ${shown.join('')}\n`;
  }
  return text;
}

function structLines(struct: string, name: string, map: WireMapping): string[] {
  return [`struct ${struct} ${name} = {`, ...fieldLines(map, '\t'), '};'];
}

/** The fields in the order of the wire; every one, so that nothing is left to guess. */
function fieldLines({ offset, length, addr, type, flags, dev }: WireMapping, indent: string): string[] {
  const typeName = nameOf(FUSE_IOMAP_TYPE, type);
  return [
    `.offset = ${integer(offset)},`,
    `.length = ${integer(length)},`,
    `.addr = ${addr === NULL_ADDR ? 'FUSE_IOMAP_NULL_ADDR' : hexInteger(addr)},`,
    `.type = ${typeName === undefined ? typeNumber(type) : `FUSE_IOMAP_TYPE_${typeName}`},`,
    `.flags = ${flagText(flags)},`,
    `.dev = ${dev === 0 ? 'FUSE_IOMAP_DEV_NULL' : unsigned(dev)},`,
  ].map((line) => indent + line);
}

function flagText(flags: number): string {
  const names = flagNames(FUSE_IOMAP_F, flags).map((name) =>
    name.startsWith('0x') ? name : `FUSE_IOMAP_F_${name}`,
  );
  return names.length === 0 ? '0' : names.join(' | ');
}

/** What an int does not hold says that it is unsigned. */
function unsigned(value: number): string {
  return value > 0x7fff_ffff ? `${value}U` : String(value);
}

function integer(value: bigint): string {
  if (value >= 1n << 40n) return hexInteger(value);
  return value > 0x7fff_ffffn ? `${value}ULL` : String(value);
}

function hexInteger(value: bigint): string {
  return `0x${value.toString(16)}${value > 0x7fff_ffffn ? 'ULL' : ''}`;
}

/** `ENOSPC` for -28; a number without a name as it is. */
function positiveErrno(error: number): string {
  const name = errnoText(error);
  if (name === '-EFSCORRUPTED') return 'EUCLEAN';
  return name.startsWith('-') ? name.slice(1) : String(error);
}
