// SPDX-License-Identifier: MIT
import { IOMAP_F, IOMAP_TYPE } from '../kernel/names.ts';
import { errnoText } from '../kernel/errno.ts';
import type { BeginResult, Foreseen, ForeseenIo } from '../run/foresee-types.ts';
import type { BioEvent, Execution, IoEvent, Iomap } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { count, num } from './format.ts';
import { byWeight, says, type Consequence, type ConsequenceId } from './consequence.ts';
import { besideDirectWrite } from './direct-rest.ts';
import { causeOf, overrun } from './io-cause.ts';
import { warnSentence } from './warn-words.ts';

export { doubted, worstOf, type Consequence, type ConsequenceId } from './consequence.ts';

const NAMES = {
  read: 'read',
  write: 'write',
  zero: 'zeroing',
  unshare: 'unsharing',
  writeback: 'writing back',
} as const;

/** The consequences, most severe first; empty for a mapping on which the I/O succeeds. */
export function consequences(
  begun: Pick<BeginResult, 'iomap' | 'srcmap'>,
  foreseen: Foreseen | null,
  scenario: Scenario,
): Consequence[] {
  if (foreseen === null || begun.iomap === null) return [];
  const about: About = { ...foreseen, map: begun.iomap, source: begun.srcmap, scenario };
  const { io, kind } = about;
  const failed = failure(about, io, NAMES[kind]) ?? short(about);
  const all = [
    ...(failed === null
      ? [
          backFailure(about),
          afterwards(about),
          stale(about),
          ...uncopied(about),
          zeros(about),
          dropped(about),
        ]
      : [failed]),
    ...silent(about),
  ];
  return byWeight(all.filter((one) => one !== null));
}

/**
 * Like consequences(), for a call within an I/O step, tried on the machine as it was before the step. Device errors that
 * the scenario asks for may have been used up by then: for those, the step's own events count. So they do for what the
 * step found in the page cache, which is empty where it is tried.
 */
export function callConsequences(
  { io, outcome }: Pick<Execution, 'io' | 'outcome'>,
  index: number,
  foreseen: Foreseen | null,
  scenario: Scenario,
): Consequence[] {
  const call = io?.calls[index];
  if (io === null || call?.do !== 'iomap_begin' || call.outcome !== 'ok' || call.iomap === null) return [];
  const about = { map: call.iomap, source: call.srcmap, pos: call.request?.pos ?? 0n, scenario };
  const own = bios(io.events).filter((bio) => ownerOf(bio, io) === index);
  // With what the block layer has against them.
  const warnings = io.events.filter(
    (event) => event.kind === 'warn' && own.some(({ error, sector }) => error !== 0 && sector === event.b),
  );
  const cause = causeOf([...own, ...warnings], about);
  const error = own.find((bio) => bio.error !== 0)?.error ?? 0;
  if (cause?.fault)
    return [says('step-fault', `In this step ${cause.text}: ${errnoText(error)}.`, { error })];
  const tries = [foreseen?.io, foreseen?.writeback, foreseen?.tail];
  if (tries.some((one) => one && causeOf(one.events, about)?.fault)) return [];
  const told = consequences(call, foreseen, scenario);
  const isFine = outcome === 'ok' && own.every((bio) => bio.error === 0);
  const wasRead = own.some(
    ({ op, error, device }) => op === 'read' && error === 0 && device === call.iomap?.bdev,
  );
  return told.filter(({ id }) => (!isFine || !AT_ONCE.has(id)) && (id !== 'stale' || wasRead));
}

/** What would have come in the step itself. */
const AT_ONCE: ReadonlySet<ConsequenceId> = new Set(['oops', 'fails', 'short']);

/** The begin whose mapping a device request belongs to: the request may be sent after later begins. */
function ownerOf({ after, pos }: BioEvent, { calls }: NonNullable<Execution['io']>): number {
  return calls.slice(0, after).findLastIndex(({ do: name, iomap }) => {
    return (
      name === 'iomap_begin' && iomap !== null && iomap.offset <= pos && pos < iomap.offset + iomap.length
    );
  });
}

interface About extends Foreseen {
  map: Iomap;
  source: Iomap | null;
  scenario: Scenario;
}

/** Why the call fails, if it does. */
function failure(about: About, { ret, oops, events }: ForeseenIo, what: string): Consequence | null {
  if (oops !== null) {
    const why = oops.charAt(0).toLowerCase() + oops.slice(1);
    return says('oops', `The kernel would oops: ${why}`);
  }
  if (ret === null || ret >= 0n) return null;
  const cause = causeOf(events, about);
  const why = cause === null ? '.' : `${cause.warned ? ' and a WARN' : ''}: ${cause.text}.`;
  const name = cause?.direct ? `direct ${what}` : what;
  const text = `The ${name} will fail with ${errnoText(ret)}${why}`;
  return says('fails', text, { it: what, error: Number(ret) });
}

/** A request through the page cache returns the bytes it got before it failed. */
function short(about: About): Consequence | null {
  const { io, wantedBytes, lengthBytes, kind } = about;
  const expected = wantedBytes < lengthBytes ? wantedBytes : lengthBytes;
  if (io.ret === null || (kind !== 'read' && kind !== 'write') || io.ret >= expected) return null;
  const cause = causeOf(io.events, about);
  const why = cause === null ? '' : `: ${cause.text}`;
  const text = `The ${NAMES[kind]} will return ${num(io.ret)} of ${count(expected, 'byte')}${why}.`;
  return says('short', text, { it: NAMES[kind] });
}

/** What happens to the bytes once they are written back. */
function backFailure(about: About): Consequence | null {
  const { writeback, kind, io } = about;
  if (kind === 'writeback' && losesBytes(io))
    return says('writeback-lost', 'Bytes that are written back to a HOLE are lost without an error.');
  if (writeback === null) return null;
  const failed = failure(about, writeback, 'writing back');
  const conditional = writeback.events.some(
    (event) => event.kind === 'warn' && event.warn === 'writeback-delalloc',
  );
  if (conditional) {
    return says(
      'writeback-delalloc',
      `The bytes go to the page cache. If writing them back is answered with DELALLOC too, it fails with ${errnoText(writeback.ret ?? 0n)}.`,
    );
  }
  if (failed !== null) return failed.oops ? failed : says('writeback-fails', failed.text);
  return losesBytes(writeback)
    ? says(
        'writeback-lost',
        'The bytes go to the page cache. If writing them back is answered with a HOLE too, they are lost without an error.',
      )
    : null;
}

const losesBytes = ({ events }: ForeseenIo): boolean =>
  events.some((event) => event.kind === 'bytes' && event.origin === 'not-written');

/** The mapping runs past the end of its device, but only after what this request reaches. */
function afterwards(about: About): Consequence | null {
  const { tail, writeback, io, scenario } = about;
  const past = tail?.events.find((event) => event.kind === 'warn' && event.warn === 'bio-end-of-device');
  if (past?.kind !== 'warn' || hasFailed(io) || (writeback !== null && hasFailed(writeback))) return null;
  const over = overrun(past, about, scenario);
  if (over === null) return null;
  return says(
    'past-device',
    `The mapping runs ${count(over.lengthBytes, 'byte')} past the end of ${over.device}: I/O there fails with -EIO.`,
    { it: `sector ${num(over.sector)} is past the end of ${over.device}` },
  );
}

const hasFailed = ({ ret, events }: ForeseenIo): boolean =>
  ret === null || ret < 0n || events.some((event) => event.kind === 'bio' && event.error !== 0);

/** A write of part of a block keeps the rest of it: with two blocks it matters which one the rest comes from. */
function stale({ partial, source, map, kind }: About): Consequence | null {
  if (source?.type !== IOMAP_TYPE.HOLE) return null;
  const read = bios(partial?.events ?? []).find(({ op, error }) => op === 'read' && error === 0);
  if (read === undefined || read.device !== map.bdev) return null;
  return says(
    'stale',
    `With no old block to read, a ${NAMES[kind]} of a part of a block first reads ${count(read.lengthBytes, 'byte')} at sector ` +
      `${num(read.sector)} of ${read.device}, where it is going to write: without NEW, what lies there becomes part ` +
      'of the file.',
  );
}

/** A direct write of a part of a block copies nothing of the old one, if there is one. */
function uncopied(about: About): Consequence[] {
  const { source, map } = about;
  if (source === null) return [];
  const { leftBytes, zeroedBytes } = besideDirectWrite(about);
  const does =
    source.type === IOMAP_TYPE.HOLE ? 'fills in nothing around it' : 'copies nothing of the old one';
  const partly = `A direct write of a part of a block ${does}, and nothing warns`;
  const all: Consequence[] = [];
  if (leftBytes > 0n) {
    const text = `${partly}: ${count(leftBytes, 'byte')} beside it get what lay on ${map.bdev}.`;
    all.push(says('uncopied', text));
  }
  if (zeroedBytes > 0n && source.type === IOMAP_TYPE.MAPPED) {
    const text = `${partly}: ${count(zeroedBytes, 'byte')} of the file beside it become zeros.`;
    all.push(says('old-rest-zeroed', text));
  }
  return all;
}

/** Zeros that the kernel writes around the caller's bytes. */
function zeros({ io, map }: About): Consequence | null {
  const lengthBytes = bios(io.events).reduce(
    (sum, { payload, lengthBytes }) => (payload === 'zeros' ? sum + lengthBytes : sum),
    0n,
  );
  return lengthBytes === 0n
    ? null
    : says(
        'zeros-around',
        `Around what is written the kernel writes ${count(lengthBytes, 'byte')} of zeros to ${map.bdev}.`,
      );
}

/** A sector number has no room for the low bits of an address. */
function dropped({ io, writeback, map, source }: About): Consequence | null {
  for (const bio of bios([...io.events, ...(writeback?.events ?? [])])) {
    for (const from of [map, source]) {
      if (from === null || from.bdev !== bio.device || (from.flags & IOMAP_F.ANON_WRITE) !== 0) continue;
      const rest = BigInt.asIntN(64, from.addr + bio.pos - from.offset - (bio.sector << 9n));
      if (rest <= 0n || rest >= 512n) continue;
      return says(
        'dropped',
        `addr lies ${count(rest, 'byte')} into a sector: the kernel drops the remainder, so the bytes are not the ones that were meant.`,
      );
    }
  }
  return null;
}

/** Warnings beside a failure. */
function silent({ io, writeback, scenario }: About): Consequence[] {
  const sentences = [...io.events, ...(writeback?.events ?? [])].flatMap((event) =>
    event.kind === 'warn' && event.warn === 'bio-read-only' ? [warnSentence(event, scenario)] : [],
  );
  return [...new Set(sentences)].map((text) => says('read-only', text));
}

function bios(events: readonly IoEvent[]): BioEvent[] {
  return events.filter((event) => event.kind === 'bio');
}
