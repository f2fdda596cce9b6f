// SPDX-License-Identifier: MIT
import { execute, type Context, type ExtraContext } from './execute.ts';
import type { ObservedBytes } from './expect-io.ts';
import type { Foresee } from './foresee-types.ts';
import type { Tracker } from './state.ts';
import type { Execution } from './types.ts';
import { expectedOf } from '../scenario/expected.ts';
import type { ResolvedInode } from '../scenario/resolve.ts';

/** What stays the same for all executions of a run. */
export interface Performance {
  module: WebAssembly.Module;
  context: Context;
  inodes: Map<string, ResolvedInode>;
  /** Asked only with extras. */
  foresee: Foresee | undefined;
  /** Called when a step ran for the last time; only with extras. */
  stepEnded?: (execution: Execution, table: Tracker, bytes: ObservedBytes) => void;
}

/** An execution, why the kernel would crash in it, and how many expectations were looked at. */
export interface Performed {
  execution: Execution;
  oops: string | null;
  looked: number;
}

/**
 * Runs a step once, as the next execution; the caller adds it to those done. `last` says that no repetition follows,
 * so its expectations are compared now.
 */
export function perform(
  { module, context, inodes, foresee, stepEnded }: Performance,
  { step: stepIndex, repeat, last }: { step: number; repeat: number; last: boolean },
): Performed {
  const { scenario, tracker, extra } = context;
  const step = scenario.steps[stepIndex]!;
  const index = context.done.length;
  extra?.answers?.at(index);
  const inside = extra && foresee?.inside?.(step, extra.machine, scenario);
  const effect = execute(step, context);
  const { data = null, oops = null } = effect;
  // One literal, and what few have after it: an object that is put together of parts takes several times as long.
  const execution: Execution = {
    index,
    step: stepIndex,
    repeat,
    do: step.do,
    outcome: effect.outcome,
    trust: effect.trust,
    ret: effect.ret,
    remark: effect.remark,
    decided: effect.decided,
    path: effect.path,
    events: effect.events,
    request: effect.request,
    reply: effect.reply,
    iomap: effect.iomap,
    srcmap: effect.srcmap,
    io: effect.io,
    changes: [...effect.changes, ...(extra?.answers?.changes() ?? [])],
    unmet: [],
    log: [],
  };
  if (effect.transfers !== undefined) execution.transfers = effect.transfers;
  if (effect.buffers !== undefined) execution.buffers = effect.buffers;
  const begin = step.do === 'iomap_begin' || step.do === 'iomap_end';
  const inode = begin ? inodeOf(execution, inodes) : null;
  // Before the changes are applied: a line about a close names the entry that was there.
  if (extra !== null) look(extra, context, execution, inode, foresee);
  inside?.(execution);
  for (const change of execution.changes) tracker.apply(change);
  if (step.do === 'iomap_begin' && effect.outcome === 'ok') context.lastBegin = index;
  if (extra === null) return { execution, oops, looked: 0 };
  const { extras, machine } = extra;
  // An execution that ends the run is the last of its step.
  const isLast = last || oops !== null;
  const bytes = extras.looksAt(module, scenario, machine, data);
  const { looked, unmet } = extras.checkExpectation(
    isLast ? expectedOf(step, scenario.kernel.revision) : undefined,
    execution,
    tracker,
    bytes,
    scenario.kernel.revision,
  );
  execution.unmet = unmet;
  if (isLast) stepEnded?.(execution, tracker, bytes);
  return { execution, oops, looked };
}

/** What the kernel logs of an execution, and what I/O would make of a mapping that it got. */
function look(
  { extras, machine }: ExtraContext,
  { scenario, tracker }: Context,
  execution: Execution,
  inode: ResolvedInode | null,
  foresee: Foresee | undefined,
): void {
  execution.log = extras.logLines({
    execution,
    scenario,
    inode,
    entry: (serial) => tracker.object(serial),
    live: () => tracker.snapshot().entries,
  });
  if (execution.do !== 'iomap_begin' || inode === null) return;
  const foreseen = foresee?.(machine, execution, inode, scenario);
  if (foreseen) execution.foreseen = foreseen;
}

function inodeOf(execution: Execution, inodes: Map<string, ResolvedInode>): ResolvedInode | null {
  const nodeid = execution.request?.nodeid;
  for (const inode of inodes.values()) if (inode.nodeid === nodeid) return inode;
  return null;
}
