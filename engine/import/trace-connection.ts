// SPDX-License-Identifier: MIT
import { count } from '../checks/format.ts';
import { field, type TraceEvent } from './trace-events.ts';

/** The events of one connection, and in a sentence what was left out; null if that is nothing. */
export interface OneConnection {
  events: readonly TraceEvent[];
  left: string | null;
}

/**
 * A scenario has one connection: of a trace with several, the one with the most begins, the first of those. A line that
 * names none belongs to that of the line before it of its task.
 */
export function ofOneConnection(all: readonly TraceEvent[]): OneConnection {
  const latest = new Map<string, string>();
  let before = '';
  const connections = all.map((event) => {
    const own = field(event, 'connection') ?? latest.get(event.pid) ?? before;
    latest.set(event.pid, own);
    before = own;
    return own;
  });
  const begins = new Map<string, number>();
  connections.forEach((connection, i) => {
    const one = all[i]!.name === 'begin' ? 1 : 0;
    begins.set(connection, (begins.get(connection) ?? 0) + one);
  });
  const most = Math.max(...begins.values());
  const [chosen] = [...begins].find(([, times]) => times === most) ?? [''];
  const others = [...begins.keys()].filter((name) => name !== chosen && name !== '');
  const events = all.filter((_, i) => connections[i] === chosen || connections[i] === '');
  if (others.length === 0) return { events, left: null };
  const some = others.slice(0, 8).join(', ');
  const names = `connection${others.length === 1 ? '' : 's'} ${some}${others.length > 8 ? ', …' : ''}`;
  const gone = all.length - events.length;
  return {
    events,
    left: `A scenario has one connection, and this is ${chosen}: ${count(gone, 'line')} of ${names} ${gone === 1 ? 'is' : 'are'} left out. Paste those alone.`,
  };
}
