// SPDX-License-Identifier: MIT
import {
  CALLBACKS,
  type CallbackName,
  type Plain,
  type RecordedFault,
  type RecordedStep,
} from '../scenario/server-record.ts';
import { ServerFault, type FuseServer, type Session } from '../server/fuse-server.ts';
import { atOnce } from '../server/live-answer.ts';
import { plainOf } from '../server/plain.ts';
import type { Told } from './messages.ts';

/** Steps of init() that are recorded. */
const STARTED = 5_000;

/** Words for what a callback threw, with its place in the code. */
export type FaultOf = (error: unknown) => RecordedFault;

/** The same server, of which everything that it says is told before it is used. */
export function recordingServer(
  server: FuseServer,
  tell: (told: Told) => void,
  faultOf: FaultOf,
): FuseServer {
  const asked =
    (call: CallbackName) =>
    (...args: unknown[]): unknown => {
      tell({ kind: 'asks', what: `${call}()` });
      let said: Plain;
      try {
        // With its arguments as they are: which they are, the callback knows.
        said = plainOf(atOnce((server[call] as (...args: unknown[]) => unknown).apply(server, args)));
      } catch (error) {
        const fault = faultOf(error);
        tell({ kind: 'said', said: { call, fault } });
        throw new ServerFault(fault.kind, fault.message);
      }
      tell({ kind: 'said', said: { call, said } });
      return said;
    };
  const has = CALLBACKS.filter((call) => typeof server[call] === 'function');
  return {
    init(se) {
      const did: RecordedStep[] = [];
      tell({ kind: 'asks', what: 'init()' });
      let fault: RecordedFault | null = null;
      try {
        atOnce(server.init?.(heard(se, did)));
      } catch (error) {
        fault = faultOf(error);
      }
      tell({ kind: 'start', start: { has, did, fault } });
      if (fault !== null) throw new ServerFault(fault.kind, fault.message);
    },
    ...Object.fromEntries(has.map((call) => [call, asked(call)])),
  };
}

/** The session, of which is noted what the server did with it. */
function heard(se: Session, did: RecordedStep[]): Session {
  const note = (step: RecordedStep) => {
    if (did.length >= STARTED)
      throw new ServerFault('too-much', `init() registers devices more than ${STARTED} times`);
    did.push(step);
  };
  return {
    revision: se.revision,
    devices: se.devices,
    inodes: se.inodes,
    device_add(fd, flags = 0) {
      note({ do: 'device_add', fd: fd | 0, flags: flags >>> 0 });
      return se.device_add(fd, flags);
    },
    device_remove(id) {
      note({ do: 'device_remove', id: id | 0 });
      return se.device_remove(id);
    },
  };
}
