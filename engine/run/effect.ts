// SPDX-License-Identifier: MIT
import { ERETRYCACHE, EWAITING, type Call } from '../core/machine.ts';
import { COMPARED_WITH } from '../kernel/check-verdicts.ts';
import { COMPARED, INLINE_SETUP, LOOKUP, type VectorFamily } from '../kernel/compared.ts';
import { isUnknown } from '../kernel/unknown.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Change, Execution, Outcome, Trust } from './types.ts';

/** The result of a step, before its position, its expectations and its log lines are added. */
export type Effect = Pick<
  Execution,
  | 'outcome'
  | 'trust'
  | 'ret'
  | 'remark'
  | 'decided'
  | 'path'
  | 'events'
  | 'request'
  | 'reply'
  | 'iomap'
  | 'srcmap'
  | 'io'
  | 'changes'
  | 'transfers'
  | 'buffers'
> & {
  /** All the bytes that a pread got: more than `io.data` may keep. */
  data?: Uint8Array | null;
  /** Why the kernel would crash here, which ends the run. */
  oops?: string | null;
};

/** An effect without a call into the core; the remark says why there was none. */
export function notCalled(remark: string | null): Effect {
  return {
    outcome: 'not-called',
    trust: 'reading',
    ret: null,
    remark,
    decided: null,
    path: [],
    events: [],
    request: null,
    reply: null,
    iomap: null,
    srcmap: null,
    io: null,
    changes: [],
  };
}

/** The effect of a call into the core that left no mappings. */
export function effectOf(call: Call, outcome: Outcome, trust: Trust, changes: Change[]): Effect {
  return {
    ...notCalled(null),
    outcome,
    trust,
    ret: outcome === 'waiting' || outcome === 'retry-cache' ? null : BigInt(call.ret),
    decided: call.decided,
    path: call.path,
    events: call.events,
    request: call.request,
    reply: call.reply,
    ...(call.transfers.length === 0 ? {} : { transfers: call.transfers }),
    changes,
  };
}

/** The outcome of iomap_begin and iomap_end. */
export function outcomeOf(call: Call): Outcome {
  if (call.ret === EWAITING) return 'waiting';
  if (call.ret === ERETRYCACHE) return 'retry-cache';
  if (call.ret === 0) return 'ok';
  return call.decided === null ? 'error' : 'refused';
}

/**
 * How far the verdict of a call can be trusted: what the refusing check was compared with in this revision, or
 * what the function was compared with if no check refused.
 */
export function trustOf({ scenario }: { scenario: Scenario }, family: VectorFamily, call: Call): Trust {
  const { revision } = scenario.kernel;
  const cached = call.events.some((event) => event.kind === 'note' && event.note === 'cache-hit');
  if (call.ret === ERETRYCACHE || cached) return LOOKUP[revision];
  const tooLong = call.events.some((event) => event.kind === 'note' && event.note === 'inline-too-long');
  if (tooLong) return INLINE_SETUP[revision];
  if (call.decided === null) return COMPARED[family][revision];
  const { check } = call.decided;
  return isUnknown(check) ? 'reading' : COMPARED_WITH[check][revision];
}
