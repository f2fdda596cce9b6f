// SPDX-License-Identifier: MIT
import type { IoMachine } from '../core/io-machine.ts';
import { IOMAP_OP } from '../kernel/names.ts';
import { usesMappings } from '../scenario/io-names.ts';
import { resolveInodes } from '../scenario/resolve.ts';
import type { Scenario, Step } from '../scenario/schema.ts';
import { foresee } from './foresee.ts';
import type { Foresee, Foreseen } from './foresee-types.ts';
import type { Execution, IoCall } from './types.ts';

/** So many mappings of a step are tried: each takes several operations of up to 256 KiB, and a step may get thousands. */
export const CALLS_TRIED = 64;

/** Whether a call of an I/O step got a mapping for I/O. */
export const gotMapping = ({ do: what, outcome, iomap, request }: IoCall): boolean =>
  what === 'iomap_begin' &&
  outcome === 'ok' &&
  iomap !== null &&
  request !== null &&
  (request.opflags & IOMAP_OP.REPORT) === 0;

/**
 * Whether a begin asks where to write back what the page cache has: nothing ends it. That of a write through the page
 * cache, which early revisions ask with the same flags, has an end.
 */
const writesBack = ({ request }: IoCall, next: IoCall | undefined): boolean => {
  const op = request?.opflags ?? 0;
  return (
    (op & IOMAP_OP.WRITEBACK) !== 0 ||
    ((op & (IOMAP_OP.WRITE | IOMAP_OP.DIRECT | IOMAP_OP.UNSHARE)) === IOMAP_OP.WRITE &&
      next?.do !== 'iomap_end')
  );
};

/**
 * What I/O makes of the mapping of one call of a step; null if it got none for I/O, or none was tried.
 *
 * @param machine as it was before the step; it is left so
 */
export function foreseeCall(
  machine: IoMachine,
  calls: readonly IoCall[],
  index: number,
  scenario: Scenario,
): Foreseen | null {
  const call = calls[index];
  if (call === undefined || !gotMapping(call)) return null;
  const inode = [...resolveInodes(scenario).values()].find(({ nodeid }) => nodeid === call.request?.nodeid);
  return inode === undefined
    ? null
    : foresee(machine, call, inode, scenario, writesBack(call, calls[index + 1]));
}

/**
 * What I/O makes of the mappings that the calls of a step got, by call; null for a call that was not tried.
 *
 * @param machine as it was before the step; it is left so
 */
export function foreseeCalls(
  machine: IoMachine,
  calls: readonly IoCall[],
  scenario: Scenario,
): (Foreseen | null)[] {
  let tried = 0;
  return calls.map((call, index) =>
    gotMapping(call) && tried++ < CALLS_TRIED ? foreseeCall(machine, calls, index, scenario) : null,
  );
}

/**
 * To be called before a step: what adds to its execution, if it is I/O that went well, what I/O makes of the mappings
 * that it got. Null for a step that uses none.
 */
function foreseeInside(
  step: Step,
  machine: IoMachine,
  scenario: Scenario,
): ((execution: Execution) => void) | null {
  if (!usesMappings(step.do)) return null;
  const before = machine.snapshot();
  return (execution) => {
    const { io, outcome } = execution;
    if (outcome !== 'ok' || !io?.calls.some(gotMapping)) return;
    const after = machine.snapshot();
    machine.restore(before);
    try {
      execution.foreseenCalls = foreseeCalls(machine, io.calls, scenario);
    } finally {
      machine.restore(after);
    }
  };
}

/** As foresee(), and of I/O steps the mappings that their calls got: for a text of the run, since it takes its time. */
export const foreseeAll: Foresee = Object.assign((...of: Parameters<Foresee>) => foresee(...of), {
  inside: foreseeInside,
});
