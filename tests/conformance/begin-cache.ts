// SPDX-License-Identifier: MIT
/** What the rows of May 2026 have beside those of older revisions: outcomes, access modes, the mapping cache. */
import { ERETRYCACHE } from '#engine/core/machine.ts';
import type { MayMachine as Machine } from '#engine/core/may-machine.ts';
import type { NoteId } from '#engine/core/records.ts';
import { encodeAnswer } from '#engine/kernel/wire.ts';
import { mapping, type WireRow } from './begin.ts';

/** A fork: what a lookup may hit, null for a miss, or no such fork. */
type Fork = WireRow | null | 'nofork';

export interface CacheRow {
  cache?: { read: Fork; write: Fork };
  cache_after?: { read: Fork; write: Fork };
  signal?: boolean;
}

type BeginCall = ReturnType<Machine['iomapBegin']>;

const cached = (fork: Fork) => (fork === null || fork === 'nofork' ? fork : mapping(fork));

/** Fills the cache of the inode, and leaves a signal pending, as the row says. */
export function prepareCache(
  machine: Machine,
  inode: string,
  { cache, cache_after: after, signal }: CacheRow,
): void {
  machine.setSignal(signal ?? false);
  if (cache === undefined) return;
  for (const fork of ['read', 'write'] as const) {
    machine.setCached(inode, fork, 'before', cached(cache[fork]));
    machine.setCached(inode, fork, 'after', cached((after ?? cache)[fork]));
  }
}

/** The answer to a FUSE_READ of inline data: so many bytes, or a negative errno past the transport. */
export function readAnswer(unique: bigint, result: number) {
  return result < 0
    ? { errno: result }
    : { bytes: encodeAnswer(unique, 0, new Uint8Array(result).fill(0xa5)) };
}

const noted = ({ events }: BeginCall, note: NoteId) =>
  events.some((event) => event.kind === 'note' && event.note === note);

/** The rows' word for what became of a begin, by its records. */
export function outcomeOf(call: BeginCall, replyError: number): string {
  if (call.ret === ERETRYCACHE) return 'retry-cache';
  if (call.decided !== null) return 'bad';
  if (noted(call, 'begin-nowait')) return 'eagain';
  if (noted(call, 'access-denied')) return 'eacces';
  if (noted(call, 'begin-interrupted')) return 'interrupted';
  if (call.ret === 0) return noted(call, 'cache-hit') ? 'cache-hit' : 'ok';
  if (noted(call, 'inline-setup')) return 'inline-error';
  return replyError !== 0 && call.ret === replyError ? 'reply-error' : 'other';
}

/** The device whose descriptor was not opened for what is needed, and of which mapping; null if that was not it. */
export function accessOf({ events }: BeginCall): object | null {
  const note = events.find((event) => event.kind === 'note' && event.note === 'access-denied');
  if (note?.kind !== 'note') return null;
  const need = Number(note.b);
  const which = [null, 'read', 'write'][need >> 16];
  return { id: Number(note.a), need: (need & 0xffff) === 3 ? 'rw' : 'r', which };
}
