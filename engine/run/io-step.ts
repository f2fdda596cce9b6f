// SPDX-License-Identifier: MIT
import type { IoMachine, IoOptions, IoResult } from '../core/io-machine.ts';
import { IOMAP_OP } from '../kernel/names.ts';
import { numberingOf } from '../kernel/numbering.ts';
import type { IoStep, Scenario } from '../scenario/schema.ts';
import { isLeftOut } from './left-out.ts';
import { listedServer, type Answers, type ListedServer } from '../server/listed.ts';
import { IO_EVENTS_KEPT, keptBytes } from './io-limits.ts';
import type { AnswerSource } from './answer-source.ts';
import { ioChanges } from './io-changes.ts';
import { isDirect, type CacheMap } from './origins.ts';
import { trustOfIo } from './io-trust.ts';
import { writtenData } from './written-bytes.ts';
import type { FiemapExtent, Io, OriginSpan, Outcome, FileState, Change, Trust } from './types.ts';

/** The result of an I/O step, without its position. */
export interface IoEffect {
  outcome: Outcome;
  trust: Trust;
  ret: bigint | null;
  remark: string | null;
  io: Io;
  changes: Change[];
  /** All the bytes that a pread got. */
  data: Uint8Array | null;
  /** Why the kernel would have crashed. */
  oops: string | null;
}

interface Done extends IoResult {
  data?: Uint8Array;
  extents?: FiemapExtent[];
}

export interface IoContext {
  machine: IoMachine;
  scenario: Scenario;
  /** The page cache of each file, as far as it is known where its bytes are from. */
  caches: CacheMap;
  /** Who answers what the step leaves open; null for nobody. */
  answers: AnswerSource | null;
  /** Index of this execution. */
  index: number;
  /** Bytes that the executions so far keep. */
  kept: number;
}

/** Runs an I/O step once, on the inode of this name. */
export function executeIo(step: IoStep, inode: string, context: IoContext): IoEffect {
  const { machine, caches, index, answers } = context;
  const numbering = numberingOf(context.scenario.kernel.revision);
  const server = listedServer(
    answersOf(step, context.scenario),
    numbering,
    () => machine.sizes(inode).diskSizeBytes,
    answers,
  );
  const before: FileState = { inode, ...machine.sizes(inode) };
  const done = call(step, inode, machine, server);
  for (const { request, reply } of done.calls) {
    if (request === null || reply === null) continue;
    reply.writeFilledIn = server.filledIn(request.unique);
    const by = server.answeredBy(request.unique);
    if (by !== undefined) reply.by = by;
  }
  const after: FileState = { inode, ...machine.sizes(inode) };
  const data = step.do === 'pread' ? (done.data ?? new Uint8Array(0)) : null;
  const read = { pos: step.do === 'pread' ? step.offset : 0n, lengthBytes: BigInt(data?.length ?? 0) };
  const tells = step.do === 'fiemap' || step.do === 'bmap';
  // These system calls return 0, and what they found in the caller's struct.
  const found = tells && done.ret !== null && done.ret >= 0n ? done.ret : null;
  const origins: OriginSpan[] = caches.follow(
    inode,
    done.calls,
    done.events,
    index,
    data === null ? null : read,
    isDirect(step),
  );
  const io: Io = {
    calls: done.calls,
    events: done.events.slice(0, IO_EVENTS_KEPT),
    data: data === null ? null : keptBytes(data, context.kept),
    origins,
    extents: step.do === 'fiemap' ? (done.extents ?? []) : null,
    mappedExtents: step.do === 'fiemap' ? found : null,
    block: step.do === 'bmap' ? found : null,
    sizeBytes: after.sizeBytes,
    diskSizeBytes: after.diskSizeBytes,
    unanswered: server.unanswered,
    ...(server.unansweredBy === undefined ? {} : { unansweredBy: server.unansweredBy }),
    eventsLeftOut: Math.max(0, done.events.length - IO_EVENTS_KEPT),
  };
  const outcome = outcomeOf(done);
  return {
    outcome,
    trust: trustOfIo(step, inode, context.scenario, outcome, io),
    ret: found === null ? done.ret : 0n,
    remark: remark(done, server, answers?.trouble(index) ?? null),
    io,
    changes: ioChanges(done.events, before, after),
    data,
    oops: done.oops,
  };
}

/** The lists that a step answers from; that of an ioend alone has one reply, or none if others are asked. */
function answersOf(step: IoStep, scenario: Scenario): Answers {
  if (step.do !== 'iomap_ioend') return step;
  const { reply } = step;
  const one = typeof reply === 'number' ? reply : { ...reply, times: 1 };
  return { replies: [], endReplies: [], ioendReplies: isLeftOut(reply, scenario) ? [] : [one] };
}

function call(step: IoStep, inode: string, machine: IoMachine, server: ListedServer): Done {
  switch (step.do) {
    case 'pread':
      return machine.read(inode, step.offset, step.length, options(step), server);
    case 'pwrite':
      return machine.write(inode, step.offset, writtenData(step), options(step), server);
    case 'fsync':
      return machine.fsync(inode, server);
    case 'fzero':
      return machine.zeroRange(inode, step.offset, step.length, step.keepSize, server);
    case 'funshare':
      return machine.unshare(inode, step.offset, step.length, server);
    case 'fiemap': {
      const flags = Number(step.sync) | (Number(step.xattr) << 1);
      return machine.fiemap(inode, step.offset, step.length, flags, step.count, server);
    }
    case 'seek':
      return machine.seek(inode, step.offset, step.whence, server);
    case 'bmap':
      return machine.bmap(inode, step.block, server);
    case 'truncate':
      return machine.truncate(inode, step.length, server);
    case 'iomap_ioend':
      return machine.ioend(inode, step, server);
  }
}

function options(
  step: { direct: boolean; nowait: boolean; fopenDirectIo?: boolean | undefined } & {
    atomic?: boolean;
    overwriteOnly?: boolean;
    dontcache?: boolean;
  },
): IoOptions {
  const opflags =
    (step.nowait ? IOMAP_OP.NOWAIT : 0) |
    (step.atomic ? IOMAP_OP.ATOMIC : 0) |
    (step.overwriteOnly ? IOMAP_OP.OVERWRITE_ONLY : 0) |
    (step.dontcache ? IOMAP_OP.DONTCACHE : 0);
  return { direct: step.direct, fopenDirectIo: step.fopenDirectIo ?? false, opflags };
}

function outcomeOf({ halt, ret }: IoResult): Outcome {
  return halt ?? ((ret ?? 0n) < 0n ? 'error' : 'ok');
}

function remark({ halt, oops }: IoResult, server: ListedServer, trouble: string | null): string | null {
  if (halt === 'oops') return `The kernel would oops here. ${oops ?? ''}`.trim();
  if (halt !== 'waiting' || trouble !== null) return trouble;
  return server.unanswered === null
    ? 'The kernel did not take the answer of the server, which has nothing more to say.'
    : `The replies of this step have no answer to ${server.unanswered}. Add one to "replies".`;
}
