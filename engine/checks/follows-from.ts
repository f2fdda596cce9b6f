// SPDX-License-Identifier: MIT
import type { Foreseen } from '../run/foresee-types.ts';
import type { Run } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { byWeight, type Consequence } from './consequence.ts';
import { consequences } from './consequences.ts';
import { ofOpathDevice } from './opath-device.ts';
import { mapsOf, ofOtherFile } from './other-file.ts';

/**
 * What is known against an execution that went well, and what else follows from it, the most severe first: of a begin,
 * what I/O makes of its mapping; of a read, whose bytes it returned.
 *
 * @param foreseen of a begin: the I/O that was tried on its mapping; null if none was
 */
export function followsFrom(
  run: Run,
  scenario: Scenario,
  index: number,
  foreseen: Foreseen | null = run.executions[index]?.foreseen ?? null,
): Consequence[] {
  const execution = run.executions[index];
  if (execution === undefined || execution.outcome !== 'ok') return [];
  const { io, iomap, srcmap } = execution;
  if (io !== null) {
    const read =
      execution.do === 'pread' ? ofOtherFile(run, scenario, index, io.events, mapsOf(io.calls)) : null;
    return read === null ? [] : [read];
  }
  const rubbish = ofOpathDevice(run, scenario, index);
  const maps = [iomap, srcmap].filter((map) => map !== null);
  const events = foreseen?.kind === 'read' ? foreseen.io.events : [];
  const other = ofOtherFile(run, scenario, index, events, maps);
  const all = consequences(execution, foreseen, scenario);
  return byWeight([...all, other, rubbish].filter((one) => one !== null));
}
