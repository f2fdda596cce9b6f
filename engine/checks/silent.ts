// SPDX-License-Identifier: MIT
import { ERRNO } from '../kernel/errno.ts';
import { IOMAP_OP } from '../kernel/names.ts';
import type { Execution, Io, IoCall } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';

/** FUSE_IOMAP_IOEND_WRITEBACK: the result of such an ioend is reported to nobody. */
const IOEND_WRITEBACK = 0x20;
const SECTOR_BYTES = 512n;

/** What a call that succeeded did not report. */
export type Silent = 'undefined' | 'lost' | 'misplaced' | 'ignored' | 'failed' | 'warned';

/**
 * The worst that went wrong with I/O whose caller got no error: a device that is none, data that reached no device, bytes that are not
 * the intended ones, an ioend whose refusal is ignored, a failed call that its caller is not told of, a kernel warning. Null
 * if all is well.
 */
export function silentTrouble({ events, calls }: Io, scenario: Scenario): Silent | null {
  if (calls.some((call) => rubbishDevice(call, scenario) !== null)) return 'undefined';
  if (events.some((event) => event.kind === 'bytes' && event.origin === 'not-written')) return 'lost';
  if (calls.some((call) => misplaced(call, events))) return 'misplaced';
  if (calls.some(ignored)) return 'ignored';
  if (calls.some(failedInside)) return 'failed';
  return events.some(({ kind }) => kind === 'warn') ? 'warned' : null;
}

/** Whether an execution went wrong without an error to its caller. */
export const isSilent = ({ outcome, io }: Execution, scenario: Scenario): boolean =>
  outcome === 'ok' && io !== null && silentTrouble(io, scenario) !== null;

/**
 * The device that a call was answered with, if every descriptor of it is one with O_PATH: then the kernel holds no
 * block device there. Null for any other.
 */
export function rubbishDevice({ iomap, srcmap }: IoCall, { fds }: Scenario): string | null {
  // Left out they are plain ones.
  if (fds === undefined) return null;
  for (const device of [iomap?.bdev, srcmap?.bdev]) {
    if (device == null) continue;
    const own = Object.values(fds).filter((fd) => 'device' in fd && fd.device === device);
    if (own.length > 0 && own.every(({ kind }) => kind === 'blk-path')) return device;
  }
  return null;
}

/** The server's error to an ioend of writeback, which the kernel ignores. */
export function ignored({ do: what, ret, request }: IoCall): boolean {
  return what === 'iomap_ioend' && (ret ?? 0n) < 0n && ((request?.ioend?.flags ?? 0) & IOEND_WRITEBACK) !== 0;
}

/**
 * A begin or an end that failed in a step that went well: what was moved before it is returned, or nobody asks. Not an
 * answer after which direct I/O goes on through the page cache.
 */
export function failedInside({ do: what, ret, request }: IoCall): boolean {
  if ((what !== 'iomap_begin' && what !== 'iomap_end') || (ret ?? 0n) >= 0n) return false;
  const isDirect = ((request?.opflags ?? 0) & IOMAP_OP.DIRECT) !== 0;
  return !(isDirect && FALLBACKS.has(-Number(ret)));
}

const FALLBACKS: ReadonlySet<number> = new Set([ERRNO.ENOSYS, ERRNO.ENOTBLK]);

/** A mapping whose addr lies within a sector, and a device request that used it. */
function misplaced({ do: what, outcome, iomap }: IoCall, events: Io['events']): boolean {
  if (what !== 'iomap_begin' || outcome !== 'ok' || iomap === null || iomap.bdev === null) return false;
  const { addr, bdev } = iomap;
  return addr % SECTOR_BYTES !== 0n && events.some((event) => event.kind === 'bio' && event.device === bdev);
}

/** What a verdict adds to its headline, so that the colour does not stand alone. */
export const SILENT_WORDS: Record<Silent, string> = {
  undefined: 'on no block device',
  lost: 'data lost',
  misplaced: 'other bytes than meant',
  ignored: 'an error ignored',
  failed: 'with an error inside',
  warned: 'with a warning',
};
