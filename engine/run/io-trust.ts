// SPDX-License-Identifier: MIT
/** How far the outcome of an I/O step can be trusted: what of it the rows of a running kernel cover. */

import { IO } from '../kernel/compared.ts';
import { IOMAP_OP, IOMAP_TYPE } from '../kernel/names.ts';
import type { IoStep, Scenario } from '../scenario/schema.ts';
import type { Io, Outcome, Trust } from './types.ts';

const EIO = -5;
/** Devices of the rows had folios of this size, and no file had larger blocks. */
const LARGEST_BLOCK = 4096;
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

/** A request was refused before a device saw it, for being atomic. */
function refused(io: Io): boolean {
  return io.events.some((event) => event.kind === 'note' && event.note === 'bio-not-atomic');
}
