// SPDX-License-Identifier: MIT
import type { MayMachine } from '../core/may-machine.ts';
import type { Machine } from '../core/machine.ts';
import type { CoreEvent } from '../core/records.ts';
import { encodeBackingId, encodeBackingMap } from '../kernel/ioctl.ts';
import { FUSE_DEV_IOC } from '../kernel/names.ts';
import type { Server } from '../server/server.ts';
import type { BeginReply, EndReply, IoStep, Scenario, Step, StepOf } from '../scenario/schema.ts';
import { scriptedServer } from '../server/scripted.ts';
import { IDS } from '../kernel/compared.ts';
import type { AnswerSource } from './answer-source.ts';
import { isLeftOut } from './left-out.ts';
import { closeChanges, openChanges, referenceChanges } from './changes.ts';
import { effectOf, notCalled, outcomeOf, trustOf, type Effect } from './effect.ts';
import type { Extras } from './extras.ts';
import type { CacheMap } from './origins.ts';
import type { Tracker } from './state.ts';
import type { Change, Execution } from './types.ts';

const { FUSE_DEV_IOC_BACKING_OPEN: OPEN, FUSE_DEV_IOC_BACKING_CLOSE: CLOSE } = FUSE_DEV_IOC;
const NO_ARGUMENT = new Uint8Array(0);
const OTHER_BACKING =
  'Another file of this inode is open with another backing file. Until it is closed, open(2) fails with -EIO.';

/** What a step works on, and the earlier executions that it may refer to. */
export interface Context {
  scenario: Scenario;
  machine: Machine;
  tracker: Tracker;
  /** The executions so far. */
  done: readonly Execution[];
  /** Index of the first execution of each step. */
  firstOfStep: readonly number[];
  /** The references that open passthrough files hold, by the execution that opened them. */
  handles: Map<number, number>;
  /** The last accepted iomap_begin, -1 if there is none. */
  lastBegin: number;
  /** What I/O and expectations need in addition; null if no step has any. */
  extra: ExtraContext | null;
  /** Bytes that the executions so far keep; see io-limits.ts. */
  kept: number;
}

export interface ExtraContext {
  extras: Extras;
  /** The machine of the context. */
  machine: MayMachine;
  /** Where the bytes in the page caches come from. */
  caches: CacheMap;
  /** Who answers what the steps leave open; null for nobody. */
  answers: AnswerSource | null;
}

/** Runs one step once. */
export function execute(step: Step, context: Context): Effect {
  const { extra } = context;
  const remark = extra === null ? null : extra.extras.unreachable(step, context);
  if (remark !== null) return notCalled(remark);
  context.machine.setCapabilities(step.caller?.capabilities ?? context.scenario.connection.capabilities);
  switch (step.do) {
    case 'backing_open':
      return ioctl(context, OPEN, encodeBackingMap(step.fd, (step.flags | step.type) >>> 0, step.padding), {
        failAllocation: step.allocation === 'fail',
      });
    case 'backing_close':
      return ioctl(context, CLOSE, encodeBackingId(step.id), {});
    case 'ioctl': {
      const arg = step.copy === 'fault' ? NO_ARGUMENT : (step.arg ?? NO_ARGUMENT);
      return ioctl(context, step.cmd, arg, { connection: step.connection });
    }
    case 'passthrough_open':
      return passthroughOpen(context, step);
    case 'passthrough_release':
      return passthroughRelease(context, step);
    case 'iomap_begin':
      return iomapBegin(context, step);
    case 'iomap_end':
      return iomapEnd(context, step);
    case 'unmount':
    case 'umount':
    case 'close_dev':
      return needed(extra, step).extras.endConnection(step, context);
    default:
      return io(context, step);
  }
}

/** A BareRunner is not given scenarios with such steps before it has the extras. */
function needed(extra: ExtraContext | null, step: Step): ExtraContext {
  if (extra === null) throw new Error(`${step.do}: the runner needs extras`);
  return extra;
}

function io(context: Context, step: IoStep): Effect {
  const { scenario, kept, tracker, done } = context;
  const { extras, machine, caches, answers } = needed(context.extra, step);
  const inode = inodeName(context, step);
  const effect = extras.executeIo(step, inode, {
    machine,
    scenario,
    caches,
    answers,
    kept,
    index: done.length,
  });
  const references: CoreEvent[] = [];
  for (const { events } of effect.io.calls) for (const event of events) references.push(event);
  const { outcome, trust, ret, remark, data, oops } = effect;
  return {
    outcome,
    trust,
    ret,
    remark,
    decided: null,
    path: [],
    events: [],
    request: null,
    reply: null,
    iomap: null,
    srcmap: null,
    io: effect.io,
    changes: [...referenceChanges({ events: references }, tracker), ...effect.changes],
    data,
    oops,
  };
}

function ioctl(
  context: Context,
  cmd: number,
  arg: Uint8Array,
  options: { connection?: boolean; failAllocation?: boolean },
): Effect {
  const { machine, tracker } = context;
  const { revision } = context.scenario.kernel;
  context.extra?.extras.beforeIoctl(context);
  const call = machine.ioctl(cmd, arg, options);
  const refused = call.ret < 0;
  const trust = cmd === OPEN && !refused ? IDS[revision] : trustOf(context, 'backing', call);
  const done = effectOf(call, refused ? 'refused' : 'ok', trust, []);
  if (refused) return done;
  if (cmd === OPEN) return { ...done, changes: openChanges(machine, tracker, call.ret) };
  const id = new DataView(arg.buffer, arg.byteOffset).getInt32(0, true);
  return { ...done, changes: closeChanges(machine, call, tracker, id) };
}

function passthroughOpen(context: Context, step: StepOf<'passthrough_open'>): Effect {
  const { machine, tracker, done, handles } = context;
  const call = machine.passthroughOpen(step.id | 0, inodeName(context, step));
  if (call.handle === null) {
    const refused = effectOf(call, 'refused', trustOf(context, 'backing', call), []);
    return { ...refused, remark: call.decided === null ? OTHER_BACKING : null };
  }
  handles.set(done.length, call.handle);
  const serial = tracker.entry(step.id)?.serial ?? 0;
  const file: Change = { kind: 'passthrough-file', execution: done.length, serial, open: true };
  return effectOf(call, 'ok', 'reading', [...referenceChanges(call, tracker), file]);
}

function passthroughRelease(context: Context, step: StepOf<'passthrough_release'>): Effect {
  const { tracker, handles } = context;
  const execution =
    step.of === undefined
      ? tracker.lastPassthroughFile
      : executionsOf(context, step.of).findLast((at) => tracker.passthroughFile(at) !== undefined);
  if (execution === undefined || handles.get(execution) === undefined) {
    return notCalled('No passthrough file is open that could be released.');
  }
  const { call, changes } = releaseFile(context, execution);
  const all = context.extra?.extras.afterRelease(context, changes) ?? changes;
  return effectOf(call, 'ok', 'reading', all);
}

/** Closes the passthrough file that this execution opened. */
export function releaseFile(
  context: Context,
  execution: number,
): { call: ReturnType<Machine['passthroughRelease']>; changes: Change[] } {
  const { machine, tracker, handles, scenario, done } = context;
  const opened = scenario.steps[done[execution]?.step ?? -1];
  const inode = opened?.do === 'passthrough_open' ? inodeName(context, opened) : null;
  const serial = tracker.passthroughFile(execution) ?? 0;
  const call = machine.passthroughRelease(handles.get(execution) ?? 0, inode);
  const file: Change = { kind: 'passthrough-file', execution, serial, open: false };
  return { call, changes: [file, ...referenceChanges(call, tracker)] };
}

/** The indexes of the executions of an earlier step. */
function executionsOf(context: Context, step: number): number[] {
  const first = context.firstOfStep[step];
  const end = context.firstOfStep[step + 1] ?? context.done.length;
  return first === undefined ? [] : Array.from({ length: end - first }, (_, i) => first + i);
}

/** Who answers a begin or an end; `transfers` is what it answers to requests of inline data. */
const serverOf = ({ extra, scenario }: Context, reply: BeginReply | EndReply, transfers: number[]): Server =>
  extra === null ? scriptedServer(reply) : extra.extras.serverOf(reply, scenario.kernel.revision, transfers);

/** The inode that a step names, or the first. */
export function inodeName(context: Pick<Context, 'scenario'>, step: { inode?: string | undefined }): string {
  return step.inode ?? Object.keys(context.scenario.inodes)[0] ?? '';
}

function iomapBegin(context: Context, step: StepOf<'iomap_begin'>): Effect {
  const others = isLeftOut(step.reply, context.scenario) ? (context.extra?.answers ?? null) : null;
  const transfers = step.inlineRead === undefined ? [] : [step.inlineRead];
  const server = others ?? serverOf(context, step.reply, transfers);
  const may = context.extra?.machine;
  may?.setSignal(step.signal ?? false);
  const call = context.machine.iomapBegin(inodeName(context, step), step.pos, step.count, step.op, server);
  const done = effectOf(
    call,
    outcomeOf(call),
    trustOf(context, 'begin', call),
    referenceChanges(call, context.tracker),
  );
  const filledIn = others
    ? others.filledIn(call.request?.unique ?? 0n)
    : 'read' in step.reply && step.reply.write === undefined;
  if (call.reply !== null) call.reply.writeFilledIn = filledIn;
  if (call.reply !== null && others !== null) call.reply.by = others.by;
  // What a begin leaves in the structs when it fails, nobody looks at.
  const accepted = call.ret === 0;
  const buffers = accepted ? may?.buffers : null;
  return {
    ...done,
    ...(buffers ? { buffers } : {}),
    remark: others?.trouble(context.done.length) ?? done.remark,
    iomap: accepted ? call.iomap : null,
    srcmap: accepted ? call.srcmap : null,
  };
}

function iomapEnd(context: Context, step: StepOf<'iomap_end'>): Effect {
  const { machine, scenario, done } = context;
  const at =
    step.of === undefined
      ? context.lastBegin
      : (executionsOf(context, step.of).findLast((index) => done[index]?.outcome === 'ok') ?? -1);
  const begun = done[at];
  const begin = begun === undefined ? undefined : scenario.steps[begun.step];
  if (begun === undefined || begun.iomap === null || begin?.do !== 'iomap_begin') {
    return notCalled('No iomap_begin was accepted that could end here: a failed begin has no end.');
  }
  const map = { ...begun.iomap, ...given(step.iomap) };
  const pos = step.pos ?? begin.pos;
  const count = step.count ?? machine.mapLength(map, begun.srcmap, pos, begin.count);
  const range = { pos, count, written: step.written ?? count, opflags: step.op ?? begin.op };
  const others = isLeftOut(step.reply, scenario) ? (context.extra?.answers ?? null) : null;
  const server = others ?? serverOf(context, step.reply, step.inlineWrites ?? []);
  const call = machine.iomapEnd(inodeName(context, begin), map, range, server, begun.buffers);
  const ended = effectOf(call, outcomeOf(call), trustOf(context, 'end', call), []);
  if (call.reply !== null && others !== null) call.reply.by = others.by;
  return { ...ended, remark: others?.trouble(done.length) ?? null, iomap: map };
}

/** The fields that are there. */
function given<T extends object>(fields: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
