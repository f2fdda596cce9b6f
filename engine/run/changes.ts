// SPDX-License-Identifier: MIT
import type { Call, Machine } from '../core/machine.ts';
import type { Tracker } from './state.ts';
import type { Change } from './types.ts';

/** Sums up a call's reference events: one change per object whose count changed. */
export function referenceChanges(call: Pick<Call, 'events'>, tracker: Tracker): Change[] {
  if (call.events.length === 0) return [];
  const after = new Map<number, number>();
  for (const event of call.events) {
    if (event.kind === 'get' || event.kind === 'put') after.set(event.serial, event.refs);
  }
  const changes: Change[] = [];
  for (const [serial, refs] of after) {
    const before = tracker.object(serial)?.refs;
    if (before === undefined || before === refs) continue;
    changes.push({ kind: 'refs', serial, from: before, to: refs });
    if (refs === 0) changes.push({ kind: 'freed', serial });
  }
  return changes;
}

/** A successful BACKING_OPEN: the entry that came, and the cursor that moved. */
export function openChanges(machine: Machine, tracker: Tracker, id: number): Change[] {
  const entry = machine.entry(id);
  const changes: Change[] = entry === null ? [] : [{ kind: 'opened', entry }];
  return [...changes, ...cursorChanges(machine, tracker)];
}

/** Where the next search for an id begins, if it moved; from May 2026 on that is the lowest free id. */
function cursorChanges({ cursor }: Machine, tracker: Tracker): Change[] {
  return cursor === tracker.cursor ? [] : [{ kind: 'cursor', from: tracker.cursor, to: cursor }];
}

/** A successful BACKING_CLOSE: the id is free, the object goes with its last user. */
export function closeChanges(machine: Machine, call: Call, tracker: Tracker, id: number): Change[] {
  const serial = tracker.entry(id)?.serial;
  const closed: Change[] = serial === undefined ? [] : [{ kind: 'closed', id, serial }];
  return [...closed, ...referenceChanges(call, tracker), ...cursorChanges(machine, tracker)];
}
