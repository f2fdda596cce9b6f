// SPDX-License-Identifier: MIT
import { ERETRYCACHE, EWAITING, type Call } from '../core/machine.ts';
import { HAS_VECTORS, type VectorFamily } from '../kernel/vectors.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Change, CheckRecord, Execution, Outcome, Trust } from './types.ts';

/** What a step comes to, before it has its place, its expectations and its log lines. */
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
    reply: call.reply === null ? null : { ...call.reply, writeFilledIn: false },
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

/** Checks that the golden vectors do not reach: around the functions that they were recorded from. */
function besideTheVectors(decided: CheckRecord | null): boolean {
  if (decided === null) return false;
  const { check } = decided;
  return (
    /^(ioctl|reply|passthrough)-/.test(check) ||
    ['open-not-built', 'open-copy', 'open-nomem', 'open-post', 'close-not-built', 'close-copy'].includes(
      check,
    )
  );
}

/** How far the verdict of a call can be trusted: whether golden vectors of this revision reach what decided it. */
export function trustOf({ scenario }: { scenario: Scenario }, family: VectorFamily, call: Call): Trust {
  return HAS_VECTORS[scenario.kernel.revision][family] && !besideTheVectors(call.decided)
    ? 'golden'
    : 'reading';
}
