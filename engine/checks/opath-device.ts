// SPDX-License-Identifier: MIT
/** A device that was registered by an O_PATH descriptor: the kernel holds a pointer there that is not a block device. */
import { IOMAP_TYPE } from '../kernel/names.ts';
import { ordinal } from '../kernel/ordinal.ts';
import type { Reply, Run } from '../run/types.ts';
import { resolveFds } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';
import { says, type Consequence } from './consequence.ts';

/** Types whose mappings lead to a device. */
const ON_DEVICE: readonly number[] = [IOMAP_TYPE.MAPPED, IOMAP_TYPE.UNWRITTEN];

/**
 * What is undefined of a begin, because a mapping that it was answered with names such a device. Revisions from
 * May 2026 on open none, so they never come here.
 */
export function ofOpathDevice(run: Run, scenario: Scenario, index: number): Consequence | null {
  const fds = resolveFds(scenario);
  if (![...fds.values()].some(({ kind }) => kind === 'blk-path')) return null;
  const { outcome, reply } = run.executions[index]!;
  if (outcome !== 'ok' || reply === null) return null;
  for (const dev of devicesOf(reply)) {
    const opened = openedAs(run, index, dev);
    if (opened === null || fds.get(opened.fd)?.kind !== 'blk-path') continue;
    return says(
      'undefined',
      `dev ${dev} came by an O_PATH descriptor, in step ${ordinal(opened.step)}: no block device is behind it, and I/O may do anything.`,
    );
  }
  return null;
}

/** The backing ids that a reply's mappings lead to a device by. */
const devicesOf = ({ read, write }: Reply): number[] =>
  [read, write].flatMap((map) => (map !== null && ON_DEVICE.includes(map.type) ? [map.dev] : []));

/** The descriptor that an id was opened by, and the step; null for an id that leads to no device. */
function openedAs(run: Run, before: number, id: number): { fd: number; step: number } | null {
  for (let at = before - 1; at >= 0; at--) {
    const execution = run.executions[at]!;
    for (const change of execution.changes)
      if (change.kind === 'opened' && change.entry.id === id && change.entry.type === 'IOMAP')
        return { fd: change.entry.fd, step: execution.step };
  }
  return null;
}
