// SPDX-License-Identifier: MIT
import { FUSE_IOMAP_TYPE, IOMAP_OP, NULL_ADDR, flagNames } from '../kernel/names.ts';
import { opNames } from '../kernel/codes.ts';
import { numberingOf, otherMeaning } from '../kernel/numbering.ts';
import type { WireMapping } from '../run/types.ts';
import type { JsonValue } from '../scenario/json.ts';
import { printScenario } from '../scenario/print.ts';
import { fileOf, fileWords, filesOf } from './asked-files.ts';
import { revisionBy } from './revision-by.ts';
import type { Exchange, ImportedReply, Question } from './types.ts';

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
  further: readonly Exchange[] = [],
): AskedScenario {
  const maps = [read, write, ...further.flatMap((each) => [each.read, each.write])].filter(
    (map) => map !== null,
  );
  const devices = deviceCount(maps);
  const bytes = deviceBytes(maps);
  const known = revisionBy(
    maps,
    further.reduce((ops, each) => ops | each.question.op, question?.op ?? 0),
  );
  const numbered = ({ op, pos, count }: Pick<Question, 'op' | 'pos' | 'count'>) => ({
    op: known ? numberingOf(known.revision).opCode(op) : op,
    pos,
    count,
  });
  const range = question === null ? assumedRange(read, write) : numbered(question);
  const files = filesOf([{ question, read }, ...further]);
  const placed = further.flatMap((each) => {
    const file = fileOf(files, each.question);
    return file === null ? [] : [{ ...each, file }];
  });
  const assumed = [
    ...(question === null ? [questionWords(range, read !== null)] : []),
    ...(known === null ? [] : [known.why]),
    devicesWords(devices, maps),
    ...files.flatMap((file) => fileWords(files.length > 1 ? `file ${file.name}` : 'file', file)),
    ...(placed.length === further.length
      ? []
      : [`A scenario has at most ${files.length} files. What was asked about others is not used.`]),
  ];
  const note = question === null ? `Not asked by a kernel: ${assumed[0]!}` : '';
  const begin = (
    asks: Pick<Question, 'op' | 'pos' | 'count'>,
    said: JsonValue | undefined,
    inode: string,
  ): { [key: string]: JsonValue } => ({
    ...{ do: 'iomap_begin', op: opNames(asks.op), pos: asks.pos, count: asks.count },
    ...(inode === files[0].name ? {} : { inode }),
    ...(said === undefined ? {} : { reply: said }),
  });
  const steps = [
    {
      ...begin(range, answered ? reply : undefined, files[0].name),
      ...(note === '' ? {} : { note: note.slice(0, 500) }),
    },
    ...placed.map((each) => begin(numbered(each.question), each.reply, each.file)),
  ];
  const opens = Array.from({ length: devices }, (_, i): JsonValue => ({
    do: 'backing_open',
    fd: BigInt(3 + i),
  }));
  const text = printScenario({
    format: 1n,
    title: further.length > 0 ? 'Answers' : answered ? 'An answer' : 'A question',
    ...(known === null ? {} : { kernel: { revision: known.revision } }),
    devices: Object.fromEntries(
      Array.from({ length: devices }, (_, i): [string, JsonValue] => [
        `vd${String.fromCharCode(97 + i)}`,
        bytes === DEVICE_BYTES ? {} : { size: bytes },
      ]),
    ),
    inodes: Object.fromEntries(files.map(({ name, inode }) => [name, inode])),
    steps: [...opens, ...steps],
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
