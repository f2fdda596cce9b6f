// SPDX-License-Identifier: MIT
import { FUSE_IOMAP_TYPE, IOMAP_OP, NULL_ADDR, flagNames } from '../kernel/names.ts';
import { opNames } from '../kernel/codes.ts';
import { numberingOf, otherMeaning } from '../kernel/numbering.ts';
import type { WireMapping } from '../run/types.ts';
import type { JsonValue } from '../scenario/json.ts';
import { printScenario } from '../scenario/print.ts';
import { revisionBy } from './revision-by.ts';
import type { ImportedReply, Question } from './types.ts';

/** A scenario around one reply, and what was assumed to make it, a sentence each. */
export interface AskedScenario {
  text: string;
  /** Index of the step with the reply. */
  step: number;
  assumed: string[];
}

const MOST_DEVICES = 16;
const DEVICE_BYTES = 16n << 20n;
const S64_MAX = (1n << 63n) - 1n;
const U64 = 1n << 64n;
const BLOCK = 4096n;

/**
 * The smallest machine in which a reply can be judged. What the kernel asked is taken from the request if that is here;
 * else from the mapping, for the answer to a question that nobody asked has no verdict. All that is not known is said.
 */
export function asked(
  { reply, read, write }: ImportedReply,
  question: Question | null = null,
  answered = true,
): AskedScenario {
  const maps = [read, write].filter((map) => map !== null);
  const block = blockOf(read);
  const size = fileSize(read);
  const devices = deviceCount(maps);
  const bytes = deviceBytes(maps);
  const known = revisionBy(maps, question?.op ?? 0);
  const range =
    question === null
      ? assumedRange(read, write)
      : { ...question, op: known ? numberingOf(known.revision).opCode(question.op) : question.op };
  const assumed = [
    ...(question === null ? [questionWords(range, read !== null)] : []),
    ...(known === null ? [] : [known.why]),
    devicesWords(devices, maps),
    ...(block === BLOCK ? [] : [`The blocks of the file have ${block} bytes, which the mapping fits.`]),
    ...(size === null ? [] : [`The file has ${size} bytes: it ends with the mapping.`]),
  ];
  const note = question === null ? `Not asked by a kernel: ${assumed[0]!}` : '';
  const inode: Record<string, JsonValue> = {
    ...(question === null ? {} : { ino: question.ino, nodeid: question.nodeid }),
    blockSize: block,
    ...(size === null ? {} : { size }),
  };
  const begin: JsonValue = {
    ...{ do: 'iomap_begin', op: opNames(range.op), pos: range.pos, count: range.count },
    ...(answered ? { reply } : {}),
    ...(note === '' ? {} : { note: note.slice(0, 500) }),
  };
  const opens = Array.from({ length: devices }, (_, i): JsonValue => ({
    do: 'backing_open',
    fd: BigInt(3 + i),
  }));
  const text = printScenario({
    format: 1n,
    title: answered ? 'An answer' : 'A question',
    ...(known === null ? {} : { kernel: { revision: known.revision } }),
    devices: Object.fromEntries(
      Array.from({ length: devices }, (_, i): [string, JsonValue] => [
        `vd${String.fromCharCode(97 + i)}`,
        bytes === DEVICE_BYTES ? {} : { size: bytes },
      ]),
    ),
    inodes: { a: inode },
    steps: [...opens, begin],
  });
  return { text, step: opens.length, assumed };
}

/** By its name, or by the number that it has from May 2026 on. */
const isPureOverwrite = ({ type }: WireMapping): boolean =>
  type === FUSE_IOMAP_TYPE.PURE_OVERWRITE || otherMeaning(type)?.name === 'PURE_OVERWRITE';

/** A question that the mapping answers: of all of it, for a write if it says where to write. */
function assumedRange(
  read: WireMapping | null,
  write: WireMapping | null,
): Pick<Question, 'op' | 'pos' | 'count'> {
  const op = write !== null && !isPureOverwrite(write) && write.dev !== 0 ? IOMAP_OP.WRITE : 0;
  if (read === null || read.length === 0n || read.offset + read.length > S64_MAX)
    return { op, pos: 0n, count: BLOCK };
  return { op, pos: read.offset, count: read.length };
}

function questionWords({ op, pos, count }: Pick<Question, 'op' | 'pos' | 'count'>, mapped: boolean): string {
  const what = op === 0 ? 'a read' : flagNames(IOMAP_OP, op).join('|');
  const from = mapped && pos + count > 0n ? ', the range of the read mapping' : '';
  return `What the kernel asked is not here. Assumed: ${what} at pos ${pos}, count ${count}${from}.`;
}

function devicesWords(devices: number, maps: readonly WireMapping[]): string {
  const ids = [...new Set(maps.map(({ dev }) => dev).filter((dev) => dev !== 0))];
  const named = ids.length === 0 ? 'no device is named' : `the mappings name dev ${ids.join(' and ')}`;
  const opened = devices === 1 ? 'one is open, as id 1' : `${devices} are open, as ids 1 to ${devices}`;
  return `Which devices are open is not here. Assumed: ${opened}; ${named}.`;
}

/** As many as the largest id says: ids are given in their order. */
function deviceCount(maps: readonly WireMapping[]): number {
  const ids = maps.map(({ dev }) => dev).filter((dev) => dev <= MOST_DEVICES);
  return Math.max(1, ...ids);
}

/** Room for what the mappings name. */
function deviceBytes(maps: readonly WireMapping[]): bigint {
  const ends = maps
    .filter(({ addr, dev }) => addr !== NULL_ADDR && dev !== 0)
    .map(({ addr, length }) => addr + length)
    .filter((end) => end < U64 / 2n);
  const most = ends.reduce((most, end) => (end > most ? end : most), 0n);
  const mib = 1n << 20n;
  return most <= DEVICE_BYTES ? DEVICE_BYTES : ((most + mib - 1n) / mib) * mib;
}

/** The largest block of up to 4096 bytes that the read mapping fits; 4096 if it fits none. */
function blockOf(read: WireMapping | null): bigint {
  if (read === null) return BLOCK;
  for (let block = BLOCK; block >= 512n; block >>= 1n)
    if (read.offset % block === 0n && read.length % block === 0n) return block;
  return BLOCK;
}

/** The size of a file that a mapping ends beyond the default size; null for the default. */
function fileSize(read: WireMapping | null): bigint | null {
  if (read === null) return null;
  const end = read.offset + read.length;
  return end > 65_536n && end <= S64_MAX && read.length > 0n ? end : null;
}
