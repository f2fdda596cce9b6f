// SPDX-License-Identifier: MIT
import { UsageError } from './args.ts';

const FIELDS = ['type', 'offset', 'length', 'addr', 'flags', 'dev'];

/** Values of a document by their keys, as text. */
export type Fields = Record<string, string | string[]>;

/** Bytes in a block, for the suffix `b`, as in xfs_io. */
export function bytesOf(text: string, blockSize: bigint): string {
  const blocks = /^(\d{1,18})b$/i.exec(text);
  return blocks === null ? text : String(BigInt(blocks[1]!) * blockSize);
}

/**
 * A mapping as an option has it: `mapped,offset=4096,length=8192,addr=1M,dev=1`. A word alone is the type, in capitals
 * or not; flags are joined by `|` or `+`. The values are not looked at: the document's reader does that.
 */
export function mappingArgument(option: string, text: string, blockSize: bigint): Fields {
  const fields: Fields = {};
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const key = at < 0 ? 'type' : part.slice(0, at).trim().toLowerCase();
    const value = part.slice(at + 1).trim();
    if (!FIELDS.includes(key))
      throw new UsageError(
        `begin: ${option}: a mapping has no "${key}"`,
        `Its fields: ${FIELDS.join(', ')}; a word alone is the type.`,
      );
    if (Object.hasOwn(fields, key))
      throw new UsageError(`begin: ${option}: "${key}" is there twice`, 'See begin --help.');
    fields[key] = key === 'type' ? upper(value) : key === 'flags' ? words(value) : bytesOf(value, blockSize);
  }
  if (Object.keys(fields).length === 0)
    throw new UsageError(
      `begin: ${option}: the mapping is empty`,
      'Write its type and its fields: mapped,offset=0,length=4096,addr=1M,dev=1.',
    );
  const { addr } = fields;
  if (typeof addr === 'string' && /^null(_addr)?$/i.test(addr)) fields['addr'] = 'NULL_ADDR';
  return fields;
}

/** Names and numbers of a list: `WRITE,DIRECT`, `new|shared`. */
export const words = (text: string): string[] =>
  text
    .split(/[|+,\s]+/)
    .filter((word) => word !== '')
    .map(upper);

/** A name in capitals; a number as it is. */
const upper = (word: string): string =>
  /^[-+]?\d/.test(word) ? word : word.toUpperCase().replace(/-/g, '_');
