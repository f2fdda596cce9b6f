// SPDX-License-Identifier: MIT
import { ERRNO } from '../kernel/errno.ts';
import { FUSE_IOMAP_TYPE, IOMAP_OP } from '../kernel/names.ts';
import type { Execution, Io, IoCall, IoEvent, NoteId } from '../run/types.ts';
import type { Scenario, Step } from '../scenario/schema.ts';
import type { IoQuirkId } from './quirks-io.ts';
import { MAY_QUIRKS, type MayQuirkId } from './quirks-may.ts';

/** The mistakes of the I/O path that a step has met, as far as its events tell; in the order of the catalogue. */
export function quirksMet({ do: step, ret, io }: Pick<Execution, 'do' | 'ret' | 'io'>): IoQuirkId[] {
  if (io === null) return [];
  const met: Record<IoQuirkId, boolean> = {
    'fallback-rest-at-start': fellBack(io, (used) => used > 0n),
    'fallback-not-synchronous': step === 'pwrite' && ret !== null && ret > 0n && fellBack(io, () => true),
    'anon-write-at-writeback': io.events.some(
      (event) => event.kind === 'warn' && event.warn === 'writeback-anon',
    ),
    'error-told-again': step === 'fsync' && ret !== null && ret < 0n && !somethingFailed(io),
    'no-memory-tried-again': step !== 'pread' && ret === BigInt(-ERRNO.EIO) && io.calls.some(outOfMemory),
    'writeback-joins-devices': io.events.some((event) => joinsDevices(event, io)),
    'blocks-past-eof': false,
  };
  return (Object.keys(met) as IoQuirkId[]).filter((id) => met[id]);
}

/** The mistakes of May 2026 that a call alone has met, in the order of the catalogue. */
export function callQuirks(execution: Execution, { kernel, steps }: Scenario): MayQuirkId[] {
  const met = metInMay(execution, steps[execution.step]);
  return (Object.keys(met) as MayQuirkId[]).filter(
    (id) => met[id] && MAY_QUIRKS[id].revisions[kernel.revision],
  );
}

function metInMay(execution: Execution, step: Step | undefined): Record<MayQuirkId, boolean> {
  const { decided, events, changes, request, reply, transfers = [] } = execution;
  const noted = (id: NoteId) => events.some((event) => event.kind === 'note' && event.note === id);
  const op = step?.do === 'iomap_begin' ? step.op : 0;
  const refused = transfers.findIndex(({ reply: answer }) => answer?.header?.error === -ERRNO.ENOSYS);
  return {
    'close-prints-id-0': step?.do !== 'unmount' && changes.some(({ kind }) => kind === 'closed'),
    'retry-write-slot':
      decided === null &&
      reply?.write?.type === FUSE_IOMAP_TYPE.RETRY_CACHE &&
      (op & (IOMAP_OP.REPORT | IOMAP_OP.SWAPFILE)) !== 0,
    'stale-srcmap': noted('srcmap-left-over'),
    // The first of several says that there is no FUSE_WRITE at all, which is an error.
    'inline-enosys-counts': step?.do === 'iomap_end' && refused > 0,
    'nowait-waits-for-inline': (op & IOMAP_OP.NOWAIT) !== 0 && request === null && transfers.length > 0,
  };
}

function fellBack({ events }: Io, such: (used: bigint) => boolean): boolean {
  return events.some((event) => event.kind === 'note' && event.note === 'dio-fell-back' && such(event.a));
}

function somethingFailed({ calls, events }: Io): boolean {
  return (
    calls.some(({ outcome }) => outcome !== 'ok') ||
    events.some((event) => event.kind === 'bio' && event.error !== 0)
  );
}

const outOfMemory = ({ do: name, ret }: IoCall): boolean =>
  name === 'iomap_begin' && ret === BigInt(-ERRNO.ENOMEM);

/** A request of writeback with bytes for which the server named another device. */
function joinsDevices(event: IoEvent, { calls }: Io): boolean {
  if (event.kind !== 'bio' || event.payload !== 'cache') return false;
  const end = event.pos + event.lengthBytes;
  return calls.some(
    ({ do: name, iomap, request }) =>
      name === 'iomap_begin' &&
      iomap !== null &&
      iomap.bdev !== null &&
      iomap.bdev !== event.device &&
      request !== null &&
      event.pos <= request.pos &&
      request.pos < end,
  );
}
