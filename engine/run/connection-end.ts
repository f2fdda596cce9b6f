// SPDX-License-Identifier: MIT
/**
 * The life of the connection. Three things hold it: the mount, files that are open on it, and the descriptors of
 * /dev/fuse that the server has. The table goes with the last of them.
 */

import { has } from '../kernel/has-feature.ts';
import { isIoStep } from '../scenario/io-names.ts';
import type { Call } from '../core/machine.ts';
import { IOCTL } from '../kernel/compared.ts';
import { ERRNO } from '../kernel/errno.ts';
import type { Step, StepOf } from '../scenario/schema.ts';
import { worksOn } from '../scenario/step-names.ts';
import { releaseFile, type Context } from './execute.ts';
import { effectOf, type Effect } from './effect.ts';
import type { Change, CoreEvent } from './types.ts';

const GONE = 'The file system is unmounted: the connection is gone.';
const NO_DEV = 'The server has closed its last /dev/fuse: there is no descriptor to call on.';
const NO_FILE = {
  detached: 'The mount is detached: no path leads to a file of it any more.',
  gone: 'The file system is unmounted: no file of it is left to call from.',
} as const;
const NO_MOUNT = 'Nothing is mounted there any more.';

const BUSY = 'A file of it is open, so umount(2) fails with -EBUSY.';
const ABORTED =
  'MNT_FORCE has aborted the connection all the same: from now on requests fail with -ENOTCONN.';

/** A call that succeeds without a check. */
const NO_RECORDS: Call = {
  ret: 0,
  path: [],
  decided: null,
  events: [],
  lost: 0,
  request: null,
  reply: null,
  transfers: [],
};

/** Whether it is a call of the server on its /dev/fuse. */
const isOnDev = (name: Step['do']) => worksOn(name) === 'table' || name === 'close_dev';

const NO_IO =
  'This revision is the plumbing alone: no file is read or written through iomap yet, so nobody asks for a mapping.';

/** Why the kernel never gets to this step; null if it does. */
export function unreachable(step: Step, { tracker, scenario }: Context): string | null {
  if (step.do === 'ioctl' && !step.connection) return null;
  if (!tracker.mounted) return GONE;
  if (isIoStep(step) && !has(scenario.kernel.revision, 'DOES_IO')) return NO_IO;
  if (isOnDev(step.do)) return tracker.devOpen ? null : NO_DEV;
  // What is open can be closed, and the connection can end, whatever is left of it.
  if (step.do === 'passthrough_release' || step.do === 'unmount' || tracker.mount === 'there') return null;
  return step.do === 'umount' ? NO_MOUNT : NO_FILE[tracker.mount];
}

/** Takes away one of what holds the connection, or all of it. */
export function endConnection(step: StepOf<'unmount' | 'umount' | 'close_dev'>, context: Context): Effect {
  switch (step.do) {
    case 'umount':
      return umount(context, step);
    case 'close_dev':
      return closeDev(context);
    case 'unmount':
      return unmount(context);
  }
}

/** umount(2): refused while a file is open, unless it is lazy. */
function umount(context: Context, { how }: StepOf<'umount'>): Effect {
  const { tracker, machine } = context;
  const busy = tracker.passthroughFiles.length > 0;
  // MNT_FORCE aborts the connection before anything else is looked at.
  if (how === 'force') machine.abort();
  if (busy && how !== 'lazy') {
    const refused = done(context, { ...NO_RECORDS, ret: -ERRNO.EBUSY }, []);
    return { ...refused, remark: how === 'force' ? `${BUSY} ${ABORTED}` : BUSY };
  }
  const mount: Change = { kind: 'mount', to: busy ? 'detached' : 'gone' };
  return busy || tracker.devOpen ? done(context, NO_RECORDS, [mount]) : ended(context, [mount]);
}

/** The last close(2) of /dev/fuse. */
function closeDev(context: Context): Effect {
  const { tracker, machine } = context;
  const closed: Change = { kind: 'dev-closed' };
  if (tracker.mount === 'gone') return ended(context, [closed]);
  machine.abort();
  return done(context, NO_RECORDS, [closed]);
}

/** The connection ends, whatever held it: open files are closed first, so that nothing is in use when the table goes. */
function unmount(context: Context): Effect {
  const changes: Change[] = [];
  const events: CoreEvent[] = [];
  for (const execution of context.tracker.passthroughFiles) {
    const released = releaseFile(context, execution);
    changes.push(...released.changes);
    events.push(...released.call.events);
    for (const change of released.changes) context.tracker.apply(change);
  }
  const call = context.machine.unmount();
  const all = { ...call, events: [...events, ...call.events] };
  return effectOf(all, 'ok', 'reading', [...changes, { kind: 'unmounted' }]);
}

/** After a file was closed: it may have been the last thing that held a detached mount. */
export function afterRelease(context: Context, changes: Change[]): Change[] {
  const { tracker, machine } = context;
  if (tracker.mount !== 'detached' || tracker.passthroughFiles.length > 1) return changes;
  if (tracker.devOpen) return [...changes, { kind: 'mount', to: 'gone' }];
  machine.unmount();
  return [...changes, { kind: 'mount', to: 'gone' }, { kind: 'unmounted' }];
}

function ended(context: Context, changes: Change[]): Effect {
  return done(context, context.machine.unmount(), [...changes, { kind: 'unmounted' }]);
}

function done({ scenario }: Context, call: Call, changes: Change[]): Effect {
  const outcome = call.ret < 0 ? 'refused' : 'ok';
  return effectOf(call, outcome, IOCTL[scenario.kernel.revision], changes);
}
