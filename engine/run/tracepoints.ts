// SPDX-License-Identifier: MIT
/**
 * What the kernel would print for a step: WARNs and tracepoints, in the order in which it reaches them.
 *
 * A scenario does not say everything that such a line contains. The connection's number, a source line, the
 * inode and the device number of a backing file print as `?`.
 */

import { isUnknown, unknownWords } from '../kernel/unknown.ts';
import type { Revision } from '../kernel/features.ts';
import { has } from '../kernel/has-feature.ts';
import { numberingOf } from '../kernel/numbering.ts';
import { FUSE_IOMAP_TYPE, IOMAP_OP, flagNames, nameOf } from '../kernel/names.ts';
import type { NameTable } from '../kernel/names.ts';
import type { CallWarn, Execution, LogLine, Request, TableEntry, WarnId, WireMapping } from './types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { worksOn } from '../scenario/step-names.ts';
import { badDataCondition } from './conditions.ts';

export interface LogInput {
  /** The execution as far as it is known; its own `log` is not read. */
  execution: Execution;
  scenario: Scenario;
  /** The inode that an iomap_begin or iomap_end names; null for other steps. */
  inode: { ino: bigint; nodeid: bigint; size: bigint } | null;
  /** The object with a serial as it was before the step, for the line about a close. */
  entry?: (serial: number) => TableEntry | undefined;
  /** The table before the step, by ascending id: what an unmount closes. */
  live?: () => readonly TableEntry[];
}

/** Names as the tracepoints print them (fuse_trace.h); SIZE_CHANGED is called "append" there. */
export const MAP_FLAGS: NameTable = {
  new: 0x0001,
  dirty: 0x0002,
  shared: 0x0004,
  merged: 0x0008,
  boundary: 0x0010,
  anon_write: 0x0020,
  atomic: 0x0040,
  iomap_end: 0x0080,
  append: 0x0100,
  stale: 0x0200,
};
export const OP_FLAGS: NameTable = {
  write: 0x0001,
  zero: 0x0002,
  report: 0x0004,
  fault: 0x0008,
  direct: 0x0010,
  nowait: 0x0020,
  overwrite: 0x0040,
  unshare: 0x0080,
  fsdax: 0x0100,
  atomic: 0x0200,
  dontcache: 0x0400,
  writeback: 0x8000_0000,
};
export const TYPES: NameTable = {
  hole: 0,
  delalloc: 1,
  mapped: 2,
  unwritten: 3,
  inline: 4,
  retry: 254,
  overwrite: 255,
};

const hex = (value: bigint | number) => `0x${value.toString(16)}`;
const trace = (event: string, fields: string): LogLine => ({
  source: 'tracepoint',
  text: `${event}: ${fields}`,
});

/**
 * The log lines of one execution.
 * @returns in order; empty if the kernel prints nothing, or was not called.
 */
export function logLines(input: LogInput): LogLine[] {
  const { execution } = input;
  if (execution.outcome === 'not-called') return [];
  const lines = printed(input);
  // Most have no event at all.
  return execution.events.length === 0 ? lines : [...lines, ...unknownLines(execution)];
}

function printed(input: LogInput): LogLine[] {
  const { execution, inode } = input;
  switch (execution.do) {
    case 'iomap_begin':
      return inode === null ? [] : beginLines(input, inodeFields(inode));
    case 'iomap_end':
      return inode === null ? [] : endLines(input, inodeFields(inode));
    default:
      // By what they work on: a new ioctl step has its lines too.
      if (worksOn(execution.do) === 'table') return backingLines(input);
      return execution.changes.some(({ kind }) => kind === 'unmounted')
        ? unmountLines(input)
        : warnLines(execution);
  }
}

/** fuse_iomap_begin: the call, then either its failure or the two maps and what was wrong with them. */
function beginLines({ execution, scenario }: LogInput, prefix: string): LogLine[] {
  const step = scenario.steps[execution.step];
  if (step?.do !== 'iomap_begin' || execution.request === null) return [];
  const { revision } = scenario.kernel;
  const op = `${prefix} ${opFields(step.op, step.pos, step.count, revision)}`;
  const lines = [trace('fuse_iomap_begin', op)];
  const { ret, reply, decided } = execution;
  if (ret === null) return lines;
  // begin_error reports a request that failed, never a reply that was refused afterwards.
  const failedRequest =
    execution.outcome === 'error' || (decided !== null && badDataCondition(decided.check) === null);
  if (failedRequest) return [...lines, trace('fuse_iomap_begin_error', `${op} err ${ret}`)];
  if (reply?.read) lines.push(trace('fuse_iomap_read_map', `${prefix} ${mapFields(reply.read, revision)}`));
  if (reply?.write)
    lines.push(trace('fuse_iomap_write_map', `${prefix} ${mapFields(reply.write, revision)}`));
  if (decided !== null) {
    const bad = badDataCondition(decided.check, revision);
    if (bad !== null) {
      lines.push(trace('fuse_iomap_bad_data', `func ${bad.func} line ? condition ${bad.text}`));
      if (scenario.kernel.config.FUSE_IOMAP_DEBUG) {
        lines.push({ source: 'warn', text: `Bad mapping: ${bad.text}, func: ${bad.func}, line: ?` });
      }
    }
  }
  return [...lines, ...warnLines(execution, scenario.kernel.config.FUSE_IOMAP_DEBUG)];
}

/** fuse_iomap_end: both lines only if a request was sent; -ENOSYS counts as success. */
function endLines({ execution, scenario }: LogInput, prefix: string): LogLine[] {
  const { request, ret } = execution;
  const { revision } = scenario.kernel;
  if (request === null) return [];
  const op = `${prefix} ${opFields(request.opflags, request.pos, request.count, revision)}`;
  const lines = [
    trace('fuse_iomap_end', `${op} written ${request.written ?? 0n}${endMap(request, revision)}`),
  ];
  if (ret !== null && ret !== 0n) {
    lines.push(trace('fuse_iomap_end_error', `${op} written ${request.written ?? 0n} error ${ret}`));
  }
  return lines;
}

/** fuse_backing_open and fuse_backing_close. */
function backingLines({ execution, entry, scenario }: LogInput): LogLine[] {
  const lines: LogLine[] = [];
  const { revision } = scenario.kernel;
  // From May 2026 on the object has lost its id before the line about its close is printed.
  const forgets = has(revision, 'LOWEST_FREE_ID');
  for (const change of execution.changes) {
    if (change.kind === 'opened') {
      lines.push(trace('fuse_backing_open', backingFields(change.entry.id, change.entry.type, revision)));
    } else if (change.kind === 'closed') {
      const type = entry?.(change.serial)?.type;
      lines.push(trace('fuse_backing_close', backingFields(forgets ? 0 : change.id, type, revision)));
    }
  }
  return [...lines, ...warnLines(execution)];
}

/** The teardown walks the table; the WARN comes once, before the first object that is still in use. */
function unmountLines({ execution, live, scenario }: LogInput): LogLine[] {
  let warns = warnLines(execution);
  const lines = (live?.() ?? []).flatMap(({ id, type, refs }) => {
    const before = refs === 1 ? [] : warns;
    if (refs !== 1) warns = [];
    return [...before, trace('fuse_backing_close', backingFields(id, type, scenario.kernel.revision))];
  });
  return [...lines, ...warns];
}

const WARNS: Readonly<Record<CallWarn, { where: string; text: string; debugOnly?: true }>> = {
  'backing-type-mismatch': { where: 'fuse_backing_open', text: 'ops->type != type' },
  'backing-id-zero': { where: 'fuse_backing_open', text: 'id == 0' },
  'backing-removed-other': { where: 'fuse_backing_close', text: 'removed != fb' },
  'backing-busy-at-unmount': { where: 'fuse_backing_id_free', text: 'refcount != 1' },
  'iomap-type-assert': { where: 'fuse_iomap_type_from_server', text: 'known type', debugOnly: true },
};

const isOfCall = (id: WarnId): id is CallWarn => id in WARNS;

/** The WARNs of the core's events; each at most once, as WARN_ON_ONCE. */
function warnLines(execution: Execution, debug = true): LogLine[] {
  if (execution.events.length === 0) return [];
  const seen = new Set<WarnId>();
  for (const event of execution.events)
    if (event.kind === 'warn' && !isUnknown(event.warn)) seen.add(event.warn);
  return [...seen].flatMap((id) => {
    if (!isOfCall(id)) return [{ source: 'warn', text: `WARNING: iomap: ${id}` }];
    const { where, text, debugOnly } = WARNS[id];
    if (debugOnly) {
      return debug ? [{ source: 'warn', text: `Assertion failed: ${text}, func: ${where}, line: ?` }] : [];
    }
    return [{ source: 'warn', text: `WARNING: ${where}: ${text}` }];
  });
}

/** What the core recorded without a name here, each once: no kernel prints it, but it must not go unseen. */
function unknownLines({ events }: Execution): LogLine[] {
  const words = events.flatMap((event) => {
    if (event.kind === 'warn' && isUnknown(event.warn)) return [unknownWords('warning', event.warn)];
    if (event.kind === 'note' && isUnknown(event.note)) return [unknownWords('reason', event.note)];
    return event.kind === 'other' ? [unknownWords('kind of record', event.record)] : [];
  });
  return [...new Set(words)].map((text) => ({ source: 'warn', text }));
}

function inodeFields(inode: { ino: bigint; nodeid: bigint; size: bigint }): string {
  return `connection ? ino ${inode.ino} nodeid ${inode.nodeid} isize ${hex(inode.size)}`;
}

/** Op flags as a revision numbers and names them: the plumbing of May 2026 prints bit 11 as a number. */
function opFields(opflags: number, pos: bigint, count: bigint, revision: Revision): string {
  const { writeback, ...others } = OP_FLAGS;
  const { opOf } = numberingOf(revision);
  const cached = has(revision, 'TRIES_CACHE');
  const table = !has(revision, 'NUMBERS_OF_MAY')
    ? { ...others, writeback: writeback! }
    : cached
      ? { ...others, writeback: opOf(IOMAP_OP.WRITEBACK), swapfile: opOf(IOMAP_OP.SWAPFILE) }
      : others;
  return `opflags (${flagNames(table, opOf(opflags)).join('|')}) pos ${hex(pos)} length ${hex(count)}`;
}

function mapFields(map: WireMapping, revision: Revision): string {
  const type = typeField(map.type, revision);
  const flags = flagNames(MAP_FLAGS, map.flags).join('|');
  return (
    `offset ${hex(map.offset)} length ${hex(map.length)} type ${type} dev ${map.dev} ` +
    `addr ${hex(map.addr)} mapflags (${flags})`
  );
}

/** A type by its name there. The plumbing of May 2026 has none for RETRY_CACHE; NOCACHE has one with its cache. */
function typeField(code: number, revision: Revision): string {
  const cached = has(revision, 'TRIES_CACHE');
  if (code === FUSE_IOMAP_TYPE.NOCACHE && cached) return 'nocache';
  const unnamed = code === TYPES['retry'] && has(revision, 'NUMBERS_OF_MAY') && !cached;
  return (unnamed ? undefined : nameOf(TYPES, code)) ?? hex(numberingOf(revision).typeOf(code));
}

const endMap = ({ map }: Request, revision: Revision) => (map === null ? '' : ` ${mapFields(map, revision)}`);

/** A passthrough file has no device number to print: 0:0. From May 2026 on it is the object's own id, and called so. */
function backingFields(id: number, type: TableEntry['type'] | undefined, revision: Revision): string {
  const name = type === 'IOMAP' ? 'iomap' : type === 'PASSTHROUGH' ? 'pass' : '?';
  const label = has(revision, 'LOWEST_FREE_ID') ? 'id' : 'idx';
  return `connection ? ${label} ${id} type ${name} ino ? rdev ${type === 'PASSTHROUGH' ? '0:0' : '?:?'}`;
}
