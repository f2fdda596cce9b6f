// SPDX-License-Identifier: GPL-2.0-only
import type { Change, CoreEvent } from '../run/types.ts';

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
    case 'unmounted':
      return 'unmounted';
  }
}

/** `get #1 → 2`; null for a note, which the log puts into words. */
export function eventText(event: CoreEvent, arrow: string): string | null {
  return event.kind === 'get' || event.kind === 'put'
    ? `${event.kind} #${event.serial} ${arrow} ${event.refs}`
    : null;
}
