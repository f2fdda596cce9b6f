// SPDX-License-Identifier: MIT
import { CAPS } from '../scenario/caps.ts';
import type { JsonValue } from '../scenario/json.ts';
import type { WireMapping } from '../run/types.ts';
import type { Question } from './types.ts';

const BLOCK = 4096n;
const DEFAULT_BYTES = 65_536n;
const S64_MAX = (1n << 63n) - 1n;

/** A file that questions are about, as a scenario has it. */
export interface AskedFile {
  name: string;
  /** Of its blocks, in bytes. */
  block: bigint;
  /** In bytes; null for the default. */
  size: bigint | null;
  inode: { [key: string]: JsonValue };
  key: string;
}

/**
 * The files that these questions are about, in their order, at most as many as a scenario may have: the largest block of
 * up to 4096 bytes that all read mappings of a file fit, and the size where one ends beyond the default size.
 */
export function filesOf(
  exchanges: readonly { question: Question | null; read: WireMapping | null }[],
): [AskedFile, ...AskedFile[]] {
  const byKey = new Map<string, { question: Question | null; reads: WireMapping[] }>();
  for (const { question, read } of exchanges) {
    const key = keyOf(question);
    const file = byKey.get(key) ?? { question, reads: [] };
    if (read !== null) file.reads.push(read);
    if (byKey.size < CAPS.inodes) byKey.set(key, file);
  }
  const files = [...byKey].map(([key, { question, reads }], at): AskedFile => {
    const [block, size] = [blockOf(reads), fileSize(reads)];
    const inode = {
      ...(question === null ? {} : { ino: question.ino, nodeid: question.nodeid }),
      blockSize: block,
      ...(size === null ? {} : { size }),
    };
    return { name: nameAt(at), block, size, inode, key };
  });
  return files as [AskedFile, ...AskedFile[]];
}

/** The name of the file that a question is about; null if the scenario has no room for it. */
export const fileOf = (files: readonly AskedFile[], question: Question | null): string | null =>
  files.find(({ key }) => key === keyOf(question))?.name ?? null;

/** What was assumed of a file, a sentence each. */
export function fileWords(noun: string, { block, size }: AskedFile): string[] {
  return [
    ...(block === BLOCK ? [] : [`The blocks of the ${noun} have ${block} bytes, which the mapping fits.`]),
    ...(size === null ? [] : [`The ${noun} has ${size} bytes: it ends with the mapping.`]),
  ];
}

const keyOf = (question: Question | null): string =>
  question === null ? '' : `${question.nodeid}:${question.ino}`;

/** a to z, then a1, b1, … */
const nameAt = (at: number): string =>
  `${String.fromCharCode(97 + (at % 26))}${at < 26 ? '' : Math.floor(at / 26)}`;

function blockOf(reads: readonly WireMapping[]): bigint {
  for (let block = BLOCK; block >= 512n; block >>= 1n)
    if (reads.every(({ offset, length }) => offset % block === 0n && length % block === 0n)) return block;
  return BLOCK;
}

function fileSize(reads: readonly WireMapping[]): bigint | null {
  const ends = reads
    .filter(({ length }) => length > 0n)
    .map(({ offset, length }) => offset + length)
    .filter((end) => end > DEFAULT_BYTES && end <= S64_MAX);
  return ends.length === 0 ? null : ends.reduce((most, end) => (end > most ? end : most));
}
