// SPDX-License-Identifier: MIT
/** A server that says again what was recorded of another: the kernel that asks it gives its own verdict. */
import type { CallbackName, Plain, RecordedCall, ServerRecord } from '../scenario/server-record.ts';
import { ServerFault, type FuseServer } from './fuse-server.ts';

const LOST = 'what was recorded of the server does not fit this run';

export function replayServer({ start, calls, ended }: ServerRecord): FuseServer {
  let next = 0;
  let stopped = false;
  const say = (call: CallbackName): Plain => {
    if (stopped) throw new ServerFault('died', 'it was stopped before');
    const recorded = calls[next];
    if (recorded === undefined) {
      stopped = true;
      throw ended === null ? new ServerFault('shape', LOST) : new ServerFault(ended.kind, ended.message);
    }
    next++;
    return said(recorded, call);
  };
  return {
    init(se) {
      next = 0;
      stopped = false;
      for (const one of start.did) {
        if (one.do === 'device_add') se.device_add(one.fd, one.flags);
        else se.device_remove(one.id);
      }
      if (start.fault !== null) throw new ServerFault(start.fault.kind, start.fault.message);
    },
    // Whether it is an answer at all is told where live servers are asked: engine/server/live-answer.ts.
    ...Object.fromEntries(start.has.map((call) => [call, () => say(call)])),
    snapshot: () => ({ next, stopped }),
    restore(state) {
      ({ next, stopped } = state as { next: number; stopped: boolean });
    },
  };
}

function said(recorded: RecordedCall, call: CallbackName): Plain {
  if (recorded.call !== call) throw new ServerFault('shape', LOST);
  if ('fault' in recorded) throw new ServerFault(recorded.fault.kind, recorded.fault.message);
  return recorded.said;
}
