// SPDX-License-Identifier: MIT
/** How far the outcome of an I/O step can be trusted: what of it the rows of a running kernel cover. */

import { IO } from '../kernel/compared.ts';
import { IOMAP_OP, IOMAP_TYPE } from '../kernel/names.ts';
import type { IoStep, Scenario } from '../scenario/schema.ts';
import type { Io, Outcome, Trust } from './types.ts';

const EIO = -5;
/** Devices of the rows had folios of this size, and no file had larger blocks. */
const LARGEST_BLOCK = 4096;
/** Bytes of a request that a device of the rows does in one go. */
const LONGEST_BIO = 255n * 512n;
/** Their loops over a range are those of another kernel, put in by hand; unsharing was a hook. */
const BY_HAND = IOMAP_OP.ZERO | IOMAP_OP.UNSHARE;

/** `running` where the step, and all that it led to, is of a kind that there are rows of; else a reading. */
export function trustOfIo(step: IoStep, inode: string, scenario: Scenario, outcome: Outcome, io: Io): Trust {
  const compared = IO[scenario.kernel.revision];
  return compared === 'running' && covered(step, inode, scenario, outcome, io) ? compared : 'reading';
}

function covered(step: IoStep, inode: string, scenario: Scenario, outcome: Outcome, io: Io): boolean {
  if (outcome === 'waiting' || step.do === 'funshare' || step.do === 'iomap_ioend') return false;
  // No row has a file that its server opened so.
  if ('fopenDirectIo' in step && step.fopenDirectIo) return false;
  if (step.do === 'pwrite' && step.overwriteOnly) return false;
  if (Number(scenario.inodes[inode]?.blockSize ?? 0) > LARGEST_BLOCK) return false;
  // The servers of the rows said the larger of both sizes, as the playground does by itself.
  if (
    'ioendReplies' in step &&
    step.ioendReplies.some((reply) => typeof reply === 'object' && 'newsize' in reply)
  )
    return false;
  if (Object.values(scenario.devices).some((device) => !isOfRows(device, io))) return false;
  const inline = io.calls.some(({ iomap, srcmap }) =>
    [iomap, srcmap].some((map) => map?.type === IOMAP_TYPE.INLINE),
  );
  const byHand = io.calls.some(({ request }) => request !== null && (request.opflags & BY_HAND) !== 0);
  if (inline || byHand) return false;
  if (outcome === 'oops')
    return io.events.some((event) => event.kind === 'warn' && event.warn === 'writeback-anon');
  // A device of the rows fails with -EIO, whatever the fault; what it refuses at once has a reason beside it.
  return io.events.every(
    (event) => event.kind !== 'bio' || event.error === 0 || event.error === EIO || refused(io),
  );
}

/** A device as those of the rows: it fails by sectors alone, for reads and writes, and one with faults cuts requests. */
function isOfRows({ faults = [], diesAfterBios }: Scenario['devices'][string], { events }: Io): boolean {
  if (diesAfterBios !== undefined) return false;
  if (faults.some(({ op, times }) => op !== 'both' || times !== 'always')) return false;
  const long = events.some((event) => event.kind === 'bio' && event.lengthBytes > LONGEST_BIO);
  return faults.length === 0 || !long;
}

/** A request was refused before a device saw it, for being atomic. */
function refused(io: Io): boolean {
  return io.events.some((event) => event.kind === 'note' && event.note === 'bio-not-atomic');
}
