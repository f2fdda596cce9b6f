// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { count } from '../checks/format.ts';
import { FUSE_IOMAP_TYPE } from '../kernel/names.ts';
import type { WireMapping } from '../run/types.ts';
import { CAPS } from '../scenario/caps.ts';
import type { JsonValue } from '../scenario/json.ts';
import { S64_MAX } from '../scenario/integers.ts';
import { LOOKS_UP_DEVICES, isOfCache } from './trace-revision.ts';
import { field, numberField, type TraceEvent } from './trace-events.ts';

type Fields = Record<string, JsonValue>;

interface Answered {
  /** The name of its inode. */
  inode: string;
  read: WireMapping | null;
  write: WireMapping | null;
  refusedIn: string | null;
}

/** Ids that an open of a device can get. */
const LAST_ID = 1024;
/** The device and descriptor used where the trace names none. */
const UNNAMED = { device: 'vda', fd: 3n };

/** What a trace says about the machine under it: inodes, devices, ids. The rest is guessed, and marked as guessed. */
export class TraceMachine {
  readonly #inodes = new Map<string, { name: string; ino: bigint; nodeid: bigint; size: bigint }>();
  readonly #devices = new Map<string, bigint>([[UNNAMED.device, UNNAMED.fd]]);
  /** The descriptor of a regular file, once a passthrough open needs one. */
  #file: bigint | null = null;
  #nextFd = UNNAMED.fd + 1n;
  #nextId = 1;
  readonly #opened = new Set<number>();
  /** What sayUnknown() reports. */
  guessedDevices = false;
  guessedIds: number[] = [];
  inodesLeftOut = 0;
  opensLeftOut = 0;
  sizesChanged = false;
  blockSize = 4096n;

  /** The name of the inode that an event is about; null if there are too many. */
  inode(event: TraceEvent): string | null {
    const ino = numberField(event, 'ino') ?? 12n;
    const nodeid = numberField(event, 'nodeid') ?? ino;
    const size = numberField(event, 'isize') ?? 0n;
    const key = `${field(event, 'connection') ?? ''} ${ino} ${nodeid}`;
    const known = this.#inodes.get(key);
    if (known !== undefined) {
      if (known.size !== size) this.sizesChanged = true;
      return known.name;
    }
    if (this.#inodes.size >= CAPS.inodes || ino < 0n || nodeid < 0n || size < 0n || size > S64_MAX) {
      this.inodesLeftOut++;
      return null;
    }
    const name = `i${this.#inodes.size + 1}`;
    this.#inodes.set(key, { name, ino, nodeid, size });
    return name;
  }

  /** The steps for a fuse_backing_open: what must have been open before it for its id, then itself. */
  open(event: TraceEvent): Fields[] | null {
    // Until May 2026 it was called idx.
    const id = Number(numberField(event, 'idx') ?? numberField(event, 'id') ?? 0n);
    const type = field(event, 'type');
    if (!(id >= this.#nextId && id <= LAST_ID) || (type !== 'iomap' && type !== 'pass')) {
      this.opensLeftOut++;
      return null;
    }
    const steps = this.#fill(id - 1);
    this.#opened.add(id);
    this.#nextId = id + 1;
    if (type === 'pass') {
      this.#file ??= this.#nextFd++;
      steps.push({ do: 'backing_open', fd: this.#file, type: 'PASSTHROUGH' });
    } else steps.push({ do: 'backing_open', fd: this.#descriptor(field(event, 'rdev')) });
    return steps;
  }

  #descriptor(rdev: string | undefined): bigint {
    if (rdev === undefined || !/^\d{1,4}:\d{1,8}$/.test(rdev)) {
      this.guessedDevices = true;
      return UNNAMED.fd;
    }
    const name = `dev${rdev.replace(':', '_')}`;
    const known = this.#devices.get(name);
    if (known !== undefined) return known;
    const fd = this.#nextFd++;
    this.#devices.set(name, fd);
    return fd;
  }

  /** Opens of the stand-in up to an id. */
  #fill(id: number): Fields[] {
    const times = id - this.#nextId + 1;
    if (times <= 0) return [];
    this.guessedDevices = true;
    this.guessedIds.push(...Array.from({ length: times }, (_, i) => this.#nextId + i));
    this.#nextId = id + 1;
    return [{ do: 'backing_open', fd: UNNAMED.fd, ...(times === 1 ? {} : { times: BigInt(times) }) }];
  }

  /** Opens that must have come before the trace began, since accepted mappings name their ids. */
  missingOpens(begins: readonly Answered[]): Fields[] {
    // If the trace shows opens, they start from the first id: there is no place before them.
    if (this.#opened.size > 0) return [];
    let last = 0;
    for (const { read, write, refusedIn } of begins) {
      if (LOOKS_UP_DEVICES.includes(refusedIn)) continue;
      for (const map of [read, write])
        if (map !== null && onDevice(map) && map.dev <= LAST_ID) last = Math.max(last, map.dev);
    }
    return this.#fill(last);
  }

  /** Everything in the document except its steps. */
  document(begins: readonly Answered[]): Fields {
    this.blockSize = blockSizeOf(begins);
    const inode = (size: bigint) => ({ size, blockSize: this.blockSize });
    // Who is sent to the mapping cache, and not refused for it, has one.
    const caching = new Set(
      begins
        .filter(({ read, write, refusedIn }) => refusedIn === null && (isOfCache(read) || isOfCache(write)))
        .map((begin) => begin.inode),
    );
    return {
      devices: Object.fromEntries([...this.#devices.keys()].map((name) => [name, {}])),
      fds: Object.fromEntries([
        ...[...this.#devices].map(([device, fd]) => [String(fd), { kind: 'blk', device }]),
        ...(this.#file === null ? [] : [[String(this.#file), { kind: 'reg' }]]),
      ]),
      inodes: Object.fromEntries(
        [...this.#inodes.values()].map(({ name, ino, nodeid, size }) => [
          name,
          { ino, nodeid, ...inode(size), ...(caching.has(name) ? { caches: true } : {}) },
        ]),
      ),
    };
  }
}

const onDevice = ({ type }: WireMapping) =>
  type === FUSE_IOMAP_TYPE.MAPPED || type === FUSE_IOMAP_TYPE.UNWRITTEN;

/** 4096, or less if a reply that was not refused needs less. */
function blockSizeOf(begins: readonly Answered[]): bigint {
  let size = 4096n;
  for (const { read, write, refusedIn } of begins) {
    if (refusedIn !== null) continue;
    for (const map of [read, write])
      if (map !== null) while (size > 512n && (map.offset % size || map.length % size)) size >>= 1n;
  }
  return size;
}

/** A line that could not be used, and a word in it that no revision prints; null if it has none. */
export interface Broken {
  line: number;
  word: string | null;
}

interface Losses {
  open: number;
  orphans: number;
  /** Requests whose lines could not be told apart. */
  mixed: boolean;
  broken: readonly Broken[];
  cut: boolean;
  errors: boolean;
}

/** What the trace does not say, one sentence each, what was guessed first. */
export function sayUnknown(machine: TraceMachine, losses: Losses): string[] {
  const { guessedIds, guessedDevices, blockSize, sizesChanged, inodesLeftOut, opensLeftOut } = machine;
  const { open, orphans, mixed, broken, cut, errors } = losses;
  const ids = guessedIds.length > 8 ? `${guessedIds[0]} to ${guessedIds.at(-1)}` : guessedIds.join(', ');
  return [
    ...(ids === ''
      ? []
      : [
          guessedIds.length === 1
            ? `When the id ${ids} was opened, and for what: it is opened before all else.`
            : `When the ids ${ids} were opened, and for what: they are opened before all else.`,
        ]),
    ...(guessedDevices
      ? ['Which devices the ids stand for: vda stands in for those that are not named.']
      : []),
    'The size of a device, and its logical block size: 16 MiB and 512 bytes are assumed.',
    `The block size of a file: ${blockSize} bytes are assumed, which fits what was accepted.`,
    'The limit of file sizes (s_maxbytes): 2^63 - 1 is assumed.',
    "The kernel's revision and options, what was negotiated, and the server's capabilities.",
    ...(sizesChanged ? ['A file changed its size in the trace: the first size is used throughout.'] : []),
    ...(errors
      ? ['Whether an error came from the server or from the transport: the server is assumed.']
      : []),
    ...(open > 0 ? [`${leftOut(open, 'begin')}, since the trace does not show the answer.`] : []),
    ...(orphans > 0 ? [`${leftOut(orphans, 'line')}, since the begin before it is not in the trace.`] : []),
    ...(mixed
      ? [
          'Which task a line is of: with two requests for one file at once, an answer may be attached to the wrong one.',
        ]
      : []),
    ...(inodesLeftOut > 0 ? [`${leftOut(inodesLeftOut, 'line')}: at most ${CAPS.inodes} files fit.`] : []),
    ...(opensLeftOut > 0
      ? [`${leftOut(opensLeftOut, 'open')}: no step at its place gets its id, or it is of another type.`]
      : []),
    ...(broken.length > 0 ? [unreadable(broken)] : []),
    ...(cut ? [`At most ${grouped(CAPS.steps)} steps fit: the rest was left out.`] : []),
  ];
}

const leftOut = (number: number, noun: string) =>
  `${count(number, noun)} ${number === 1 ? 'was' : 'were'} left out`;

/** Which lines of a trace could not be used, and which of their words are not known. */
export function unreadable(broken: readonly Broken[]): string {
  const lines = broken.map(({ line }) => line);
  const some = lines.slice(0, 5).join(', ') + (lines.length > 5 ? ', …' : '');
  const words = [
    ...new Set(broken.flatMap(({ word }) => (word === null ? [] : [`"${word.slice(0, 40)}"`]))),
  ].slice(0, 5);
  const strange =
    words.length === 0
      ? ''
      : ` No revision here prints ${words.join(' or ')}: the trace is of a kernel that is not modelled.`;
  return `Line${lines.length === 1 ? '' : 's'} ${some}: a field is missing, or its value is not known.${strange}`;
}
