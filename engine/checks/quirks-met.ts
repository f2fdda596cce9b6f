// SPDX-License-Identifier: MIT
import { ERRNO } from '../kernel/errno.ts';
import type { Execution, Io, IoCall, IoEvent } from '../run/types.ts';
import type { IoQuirkId } from './quirks-io.ts';

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
