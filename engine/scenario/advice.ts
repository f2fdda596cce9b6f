// SPDX-License-Identifier: MIT
/**
 * What to write instead, where a slip is known: a sentence with a blank before it, or nothing. Whoever imports this
 * file has its words in the problems of documents (advice-words.ts).
 */
import { quoted } from '../kernel/clean.ts';
import { advice } from './advice-words.ts';
import { parseInteger } from './integers.ts';
import type { JsonFault } from './json.ts';
import { didYouMean, nearest } from './nearest.ts';

const SHIFTS = 'KMGTPE';
/** `1MB`, `1.5M`, `1 M`, `1_000`: what people write for a number of bytes. */
const SIZE = /^(\d[\d_,]{0,20})(?:\.(\d{1,9}))?\s?([KMGTPE])?(?:i?B)?$/i;
const BLOCKS = /^\d+b$/i;
/** `2048+1`, `1M-512`, `2048x512`: two numbers, and a sign between them that is not read. */
const CALCULATION = /^[\da-fx]+[SKMGTPE]?\s*[-+/x×^*][\s\d]/i;
/** Fields whose range ends where all their bits are set. */
const WHOLE = [0xffn, 0xffffn, 0xffff_ffffn, (1n << 64n) - 1n];

/** Of a number that can't be read, or is not in its range. */
function numberAdvice(raw: unknown, max: bigint, names: readonly string[]): string {
  const negative = negativeAdvice(raw, max, names);
  if (negative !== '') return negative;
  if (typeof raw !== 'string' || raw.length > 40) return '';
  const bits = listed(raw, names);
  if (bits !== null) return ` Several are a list: [${bits.map((word) => JSON.stringify(word)).join(', ')}].`;
  if (names.includes('DEV_NULL') && /^[a-z]/i.test(raw))
    return ' It is the id that backing_open returned, 1 for the first, and not the name of a device.';
  if (BLOCKS.test(raw))
    return ' The suffix b is read where bytes of a file stand and its block size is known. Write the number itself.';
  return sizeAdvice(raw) || calculationAdvice(raw);
}

/** Of a number below 0, quoted or not, in a field without a sign: the same bits. */
function negativeAdvice(raw: unknown, max: bigint, names: readonly string[]): string {
  const value = typeof raw === 'string' ? parseInteger(raw) : raw;
  if (typeof value !== 'bigint' || value >= 0n || !WHOLE.includes(max) || -value > max) return '';
  if (value !== -1n) return ` The same bits without a sign are "0x${(max + 1n + value).toString(16)}".`;
  return names.includes('NULL_ADDR')
    ? ' Write "NULL_ADDR": all bits set.'
    : ` All bits set is "0x${max.toString(16)}".`;
}

/** Of something to be computed that is not a product of a few numbers. */
const calculationAdvice = (raw: string): string =>
  CALCULATION.test(raw.trim())
    ? ' Products are read, of up to four numbers: "2049*512". Nothing else is computed.'
    : '';

function sizeAdvice(raw: string): string {
  const size = SIZE.exec(raw.trim());
  if (size === null) return '';
  const [, digits = '', fraction = '', suffix = ''] = size;
  const whole = BigInt(digits.replace(/[_,]/g, ''));
  const unit = 1n << BigInt(suffix === '' ? 0 : 10 * (SHIFTS.indexOf(suffix.toUpperCase()) + 1));
  if (fraction === '') {
    const better = suffix === '' ? String(whole) : JSON.stringify(`${whole}${suffix.toUpperCase()}`);
    return ` Write ${better}: a suffix is one letter, a power of 1024.`;
  }
  const scale = 10n ** BigInt(fraction.length);
  const scaled = (whole * scale + BigInt(fraction)) * unit;
  return scaled % scale === 0n
    ? ` Write ${scaled / scale}: fractions are not read.`
    : ' Fractions are not read, and this is not a whole number of bytes.';
}

/** `SHARED|NEW` as its names; null if they are not names that stand here. */
function listed(raw: string, names: readonly string[]): string[] | null {
  const words = raw.split(/\s*[|,+]\s*/);
  const known = words.map((word) =>
    names.find((name) => name === word.toUpperCase() || word.toUpperCase().endsWith(`_${name}`)),
  );
  return words.length > 1 && known.every((name) => name !== undefined) ? (known as string[]) : null;
}

/** What other programs and the kernel call a step, and people a kind of file. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  backing_open: ['register', 'device_add', 'iomap_device_add'],
  backing_close: ['unregister', 'device_remove', 'iomap_device_remove'],
  pread: ['readv', 'preadv', 'readahead', 'mmap_read'],
  pwrite: ['writev', 'pwritev', 'append'],
  fsync: ['fdatasync', 'msync', 'writeback', 'flush', 'sync_range'],
  fzero: ['fallocate', 'zero_range'],
  bmap: ['fibmap'],
  fiemap: ['filefrag'],
  seek: ['lseek', 'llseek'],
  truncate: ['ftruncate', 'setattr', 'resize'],
  blk: ['block', 'bdev', 'block_device'],
  reg: ['regular', 'file', 'regular_file'],
  dir: ['directory', 'folder'],
  chr: ['char', 'character'],
};
const TOLD = 8;

/** Of a word that is the beginning or a part of others, in capitals or not, or another name of one: `v6`, `begin`. */
function beginningAdvice(raw: unknown, words: readonly string[]): string {
  const word = String(raw).toLowerCase();
  if ((typeof raw !== 'string' && typeof raw !== 'bigint') || !/[a-z0-9]/.test(word) || word.length > 40)
    return '';
  const parts = (one: string) => `_${one.toLowerCase().replace(/[-.]/g, '_')}`;
  const from = (one: string) => parts(one).startsWith(parts(word)) || parts(one).startsWith(`_v${word}_`);
  const within = (one: string) => `${parts(one)}_`.includes(`${parts(word)}_`);
  const tail = (one: string) => parts(word).endsWith(parts(one));
  const also = (one: string) =>
    OTHER_NAMES[one]?.some((other) => parts(word).endsWith(parts(other))) ?? false;
  const found = [from, within, tail, also].map((is) => words.filter(is)).find((all) => all.length > 0) ?? [];
  if (found.length === 0 || found.length > TOLD) return '';
  return ` Write ${found.map((one) => JSON.stringify(one)).join(' or ')}.`;
}

/** Of a key that is missing, and stands there in other letters. */
function tagAdvice(tag: string, input: unknown): string {
  const keys = typeof input === 'object' && input !== null ? Object.keys(input) : [];
  const key = keys.find((one) => nearest(one, [tag]) !== undefined);
  return key === undefined ? '' : ` It is written so, and not ${quoted(key)}.`;
}

const TRUE = ['true', 'yes', 'y', 'on', '1'];
const FALSE = ['false', 'no', 'n', 'off', '0'];

/** Of something that says yes or no, and is neither true nor false. */
function switchAdvice(raw: unknown): string {
  const word = typeof raw === 'string' || typeof raw === 'bigint' ? String(raw).toLowerCase() : '';
  const meant = TRUE.includes(word) ? 'true' : FALSE.includes(word) ? 'false' : null;
  return meant === null ? '' : ` Write ${meant}, without quotes.`;
}

const FIELDS = ['offset', 'length', 'addr', 'type', 'flags', 'dev'];

/** Of a key that does not stand in an object; the whole message. */
function keyAdvice(name: string, beside: object, known: readonly string[]): string | null {
  const key = JSON.stringify(name);
  const kind = (beside as { do?: unknown }).do;
  const other = ['error', 'hex', 'payload'].find((one) => known.includes(one) && Object.hasOwn(beside, one));
  if (other !== undefined && ['read', 'write', 'error', 'hex', 'payload'].includes(name))
    return `${key} can't stand beside "${other}": a reply is mappings, an error or bytes. Remove one of the two.`;
  if (FIELDS.includes(name) && known.includes('read') && known.includes('write'))
    return `${key} is a field of a mapping, and a mapping has a slot: write "read": { ${key}: … }, and "write" likewise.`;
  if (name === 'reply' && known.includes('replies'))
    return `A ${String(kind)} has no "reply", since the kernel asks as often as it must. Write "replies": [ … ], a reply for each request.`;
  if (name === 'replies' && known.includes('reply'))
    return `An ${String(kind)} asks once. Write "reply": { … }.`;
  return null;
}

/** `0x10` and `010` without quotes: JSON reads the 0 alone, and finds what follows out of place. */
function zeroFault(text: string, start: number): JsonFault | null {
  const from = text.slice(Math.max(0, start - 2), start).search(/-?0$/);
  if (from < 0) return null;
  const begin = Math.max(0, start - 2) + from;
  if (/[\w.]/.test(text[begin - 1] ?? '')) return null;
  const token = /^-?0(?:x[0-9a-f]{1,20}|\d{1,20})(?![\w.])/i.exec(text.slice(begin, begin + 24))?.[0];
  if (token === undefined) return null;
  const message = /x/i.test(token)
    ? `A hexadecimal number stands in double quotes: "${token}".`
    : `A number has no 0 before it: write ${token.replace(/^(-?)0+(?=\d)/, '$1')}.`;
  return { start: begin, end: begin + token.length, message };
}

/** Of a list in place of names. */
const LIST = ' Write { "NAME": …, … }: each entry has a name or a number.';

/** What `of` may be. */
function ofAdvice(steps: readonly { do: string }[], at: number, kind: string): string {
  const all = steps.slice(0, at).flatMap((step, i) => (step?.do === kind ? [i] : []));
  if (all.length === 0) return ` There is no ${kind} before this step: it has to come first.`;
  return ` Write ${all.slice(-8).join(' or ')}, or leave it out.`;
}

/** The words that a wrong one may have meant, as a sentence after a blank; or nothing. */
export const meantBy = (word: string, words: readonly string[]): string =>
  didYouMean(word, words) || beginningAdvice(word, words);

Object.assign(advice, {
  numberAdvice,
  beginningAdvice,
  tagAdvice,
  switchAdvice,
  keyAdvice,
  zeroFault,
  LIST,
  ofAdvice,
} satisfies typeof advice);
