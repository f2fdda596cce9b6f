// SPDX-License-Identifier: MIT
import { plain } from '../checks/format.ts';
import type { Change, CoreEvent, SectorRun } from '../run/types.ts';

/** `id 1 opened: IOMAP vda, object #1`. An object is named by its serial: ids are reused, serials are not. */
export function changeText(change: Change, arrow: string): string {
  switch (change.kind) {
    case 'opened': {
      const { id, type, device, serial, fd } = change.entry;
      return `id ${id} opened: ${type}${device === null ? '' : ` ${device}`} from fd ${fd}, object #${serial}`;
    }
    case 'closed':
      return `id ${change.id} closed`;
    case 'refs':
      return `#${change.serial} references ${change.from} ${arrow} ${change.to}`;
    case 'freed':
      return `#${change.serial} freed`;
    case 'cursor':
      return `cursor ${change.from} ${arrow} ${change.to}`;
    case 'passthrough-file':
      return `passthrough file ${change.open ? 'holds' : 'let go of'} #${change.serial}`;
    case 'device': {
      const parts = [...runsText('written', change.written), ...runsText('read', change.read)];
      return `${change.device}: ${parts.length === 0 ? 'nothing moved' : parts.join(', ')}`;
    }
    case 'sizes': {
      const { from, to } = change;
      const size =
        from.sizeBytes === to.sizeBytes
          ? []
          : [`size ${plain(from.sizeBytes)} ${arrow} ${plain(to.sizeBytes)}`];
      const known =
        from.diskSizeBytes === to.diskSizeBytes
          ? []
          : [`size on disk ${plain(from.diskSizeBytes)} ${arrow} ${plain(to.diskSizeBytes)}`];
      return `${to.inode}: ${[...size, ...known].join(', ')}`;
    }
    case 'extents': {
      const waiting = change.rows.filter((row) => row.waiting).length;
      const more = waiting === 0 ? '' : `, ${waiting} waiting for data`;
      return `${change.inode}: extents ${change.rows.length - waiting}${more}`;
    }
    case 'mount':
      return change.to === 'gone' ? 'unmounted' : 'detached from its path';
    case 'dev-closed':
      return '/dev/fuse closed';
    case 'unmounted':
      return 'connection gone';
  }
}

/** How many runs of sectors a line names. */
const RUNS_NAMED = 4;

/** `written 8+2, 64+8`: first sector and how many. */
function runsText(word: string, runs: readonly SectorRun[]): string[] {
  if (runs.length === 0) return [];
  const named = runs.slice(0, RUNS_NAMED).map(({ sector, sectors }) => `${plain(sector)}+${plain(sectors)}`);
  const rest = runs.length - named.length;
  return [`${word} ${named.join(' ')}${rest > 0 ? ` and ${rest} more` : ''}`];
}

/** `get #1 → 2`; null for a note, which the log describes. */
export function eventText(event: CoreEvent, arrow: string): string | null {
  return event.kind === 'get' || event.kind === 'put'
    ? `${event.kind} #${event.serial} ${arrow} ${event.refs}`
    : null;
}
