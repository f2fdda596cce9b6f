// SPDX-License-Identifier: MIT
import { consequences } from '../checks/consequences.ts';
import type { Foresee } from '../run/foresee-types.ts';
import { run } from '../run/runner.ts';
import type { Execution, TableEntry } from '../run/types.ts';
import { resolveFds } from '../scenario/resolve.ts';
import { stepOf } from '../scenario/plain-json.ts';
import type { BeginReply, Fd, Scenario, Step, StepOf } from '../scenario/schema.ts';
import { searchNearest, searchStart } from '../search/nearest.ts';
import { editText } from '../search/reply.ts';

/** Ids are handed out from 1 on: so many steps are needed at most to have a table whose ids are these. */
const MOST_IDS = 1_024;

/**
 * The nearest accepted replies to a refused answer, whoever gave it, as edits in words; empty if there is nothing to
 * search. The machine has no more of the past than the table of backings.
 */
export function nearestReply(
  module: WebAssembly.Module,
  scenario: Scenario,
  execution: Execution,
  entries: readonly TableEntry[],
  foresee: Foresee,
): string[] {
  const asked = alone(scenario, execution, entries);
  if (asked === null) return [];
  const again = run(module, asked);
  const start = searchStart(module, asked, again.executions.at(-1)!);
  if (start === null) return [];
  const step = asked.steps.at(-1) as StepOf<'iomap_begin'>;
  const warns = ({ read, write }: { read: BeginMap; write: BeginMap | null }) => {
    const reply: BeginReply = write === null ? { read } : { read, write };
    const steps = [...asked.steps.slice(0, -1), { ...step, reply }];
    const last = run(module, { ...asked, steps }, foresee).executions.at(-1)!;
    return consequences(last, last.foreseen ?? null, asked).some(({ tone }) => tone !== 'note');
  };
  const search = searchNearest(start.probe, start.mappings, { maxFields: 2, warns });
  for (;;) {
    const { done, value } = search.next();
    if (done)
      return value.goal === 'accept'
        ? value.suggestions.map(({ edits }) => edits.map((edit) => editText(edit)).join(', '))
        : [];
  }
}

type BeginMap = Extract<BeginReply, { read: unknown }>['read'];

/** A scenario of one begin, with the table as it was. */
function alone(
  scenario: Scenario,
  { request, reply }: Execution,
  entries: readonly TableEntry[],
): Scenario | null {
  if (request === null || reply?.read == null || reply.write === null) return null;
  const inode = Object.keys(scenario.inodes)[inodeIndex(scenario, request.nodeid)];
  const begin = stepOf({
    do: 'iomap_begin',
    pos: request.pos,
    count: request.count,
    op: BigInt(request.opflags),
    ...(inode === undefined ? {} : { inode }),
  }) as StepOf<'iomap_begin'>;
  const answered = reply.writeFilledIn ? { read: reply.read } : { read: reply.read, write: reply.write };
  return { ...scenario, steps: [...table(scenario, entries), { ...begin, reply: answered }] };
}

function inodeIndex(scenario: Scenario, nodeid: bigint): number {
  const all = [...Object.values(scenario.inodes)];
  return all.findIndex((one, i) => (one.nodeid ?? one.ino ?? 12n + BigInt(i)) === nodeid);
}

/** Steps that open what the table holds under its ids: those between are opened and closed again. */
function table(scenario: Scenario, entries: readonly TableEntry[]): Step[] {
  const steps: Step[] = [];
  const gaps: number[] = [];
  const first = [...resolveFds(scenario)].find(([, fd]: [number, Fd]) => 'device' in fd)?.[0] ?? 3;
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const last = Math.min(MOST_IDS, Math.max(0, ...byId.keys()));
  for (let id = 1; id <= last; id++) {
    const entry = byId.get(id);
    const type = entry?.type ?? 'IOMAP';
    steps.push(stepOf({ do: 'backing_open', fd: BigInt(entry?.fd ?? first), type }));
    if (entry === undefined) gaps.push(id);
  }
  return [...steps, ...gaps.map((id) => stepOf({ do: 'backing_close', id: BigInt(id) }))];
}
