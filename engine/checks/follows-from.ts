// SPDX-License-Identifier: MIT
import type { Foreseen } from '../run/foresee-types.ts';
import type { Execution, Run } from '../run/types.ts';
import { ordinal } from '../kernel/ordinal.ts';
import type { Scenario } from '../scenario/schema.ts';
import { byWeight, type Consequence } from './consequence.ts';
import { callConsequences, consequences } from './consequences.ts';
import { ofOpathDevice } from './opath-device.ts';
import { mapsOf, ofOtherFile } from './other-file.ts';

/** I/O that was tried: of a begin, on its mapping; of an I/O step, on those that its calls got. */
export type Tried = Pick<Execution, 'foreseen' | 'foreseenCalls'>;

/**
 * What is known against an execution that went well, and what else follows from it, the most severe first: of a begin,
 * what I/O makes of its mapping; of I/O, the same of the mappings that its calls got; of a read, whose bytes it returned.
 *
 * @param tried left out: what the run has of it, which is nothing where it was not asked for
 */
export function followsFrom(
  run: Run,
  scenario: Scenario,
  index: number,
  tried: Tried = run.executions[index] ?? {},
): Consequence[] {
  const execution = run.executions[index];
  if (execution === undefined || execution.outcome !== 'ok') return [];
  const { io, iomap, srcmap } = execution;
  if (io !== null) {
    const read =
      execution.do === 'pread' ? ofOtherFile(run, scenario, index, io.events, mapsOf(io.calls)) : null;
    return byWeight([...(read === null ? [] : [read]), ...ofCalls(execution, tried.foreseenCalls, scenario)]);
  }
  const foreseen = tried.foreseen ?? null;
  const rubbish = ofOpathDevice(run, scenario, index);
  const maps = [iomap, srcmap].filter((map) => map !== null);
  const events = foreseen?.kind === 'read' ? foreseen.io.events : [];
  const other = ofOtherFile(run, scenario, index, events, maps);
  const all = consequences(execution, foreseen, scenario);
  return byWeight([...all, other, rubbish].filter((one) => one !== null));
}

/** What follows from the mappings inside; where there are several, each says which it is of, and what several have is told once. */
function ofCalls(
  execution: Execution,
  foreseen: readonly (Foreseen | null)[] = [],
  scenario: Scenario,
): Consequence[] {
  const calls = execution.io?.calls ?? [];
  const begins = calls.flatMap(({ do: what }, index) => (what === 'iomap_begin' ? [index] : []));
  const all = new Map<string, Consequence>();
  for (const [nth, index] of begins.entries())
    for (const one of callConsequences(execution, index, foreseen[index] ?? null, scenario)) {
      const text = begins.length === 1 ? one.text : `begin ${ordinal(nth)}: ${one.text}`;
      if (!all.has(one.text)) all.set(one.text, { ...one, text });
    }
  return [...all.values()];
}
