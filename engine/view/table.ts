// SPDX-License-Identifier: MIT
import type { Execution, MachineState, TableEntry } from '../run/types.ts';

/** What the step did to a row. */
export type Mark = 'added' | 'closed' | 'refs' | null;

export interface EntryRow {
  kind: 'entry';
  entry: TableEntry;
  mark: Mark;
  /** References before the step, if their count changed. */
  refsBefore: number | null;
  /** The mappings of this step that name it as their dev. */
  used: ('read' | 'write')[];
}

/** Neighbours that differ in nothing but their ids, shown as one line. */
interface RunRow {
  kind: 'run';
  first: number;
  last: number;
  rows: EntryRow[];
}

export type Row = EntryRow | RunRow;

/** Tables up to this long are shown whole. */
const WHOLE = 12;
/** Shorter runs are not worth a fold. */
const SHORTEST_RUN = 4;

/**
 * The table after a step, with what the step did to each row. Ids closed by it stay as struck rows.
 * @param execution null for the machine before the first step
 */
export function tableRows(
  state: MachineState,
  before: MachineState,
  execution: Execution | null,
): EntryRow[] {
  const old = new Map([...before.entries, ...before.detached].map((entry) => [entry.serial, entry]));
  const live = new Set(state.entries.map(({ serial }) => serial));
  const rows: EntryRow[] = state.entries.map((entry) => {
    const was = old.get(entry.serial);
    const changed = was !== undefined && was.refs !== entry.refs;
    return {
      kind: 'entry',
      entry,
      mark: execution === null ? null : was === undefined ? 'added' : changed ? 'refs' : null,
      refsBefore: changed ? was.refs : null,
      used: usedBy(entry, execution),
    };
  });
  for (const entry of before.entries) {
    if (live.has(entry.serial)) continue;
    rows.push({ kind: 'entry', entry, mark: 'closed', refsBefore: null, used: [] });
  }
  return rows.sort((a, b) => a.entry.id - b.entry.id);
}

/** Which of the reply's mappings name this entry. */
function usedBy(entry: TableEntry, execution: Execution | null): ('read' | 'write')[] {
  if (execution?.do !== 'iomap_begin') return [];
  return (['read', 'write'] as const).filter((which) => execution.reply?.[which]?.dev === entry.id);
}

/** Long tables with their dull stretches folded. `open` holds the first ids of runs that are unfolded. */
export function foldRows(rows: EntryRow[], open: ReadonlySet<number> = new Set()): Row[] {
  if (rows.length <= WHOLE) return rows;
  const folded: Row[] = [];
  for (let at = 0; at < rows.length;) {
    let end = at + 1;
    while (end < rows.length && alike(rows[end - 1]!, rows[end]!)) end++;
    const run = rows.slice(at, end);
    const first = run[0]!.entry.id;
    if (run.length < SHORTEST_RUN) folded.push(...run);
    else {
      folded.push({ kind: 'run', first, last: run.at(-1)!.entry.id, rows: run });
      if (open.has(first)) folded.push(...run);
    }
    at = end;
  }
  return folded;
}

function alike(a: EntryRow, b: EntryRow): boolean {
  const plain = (row: EntryRow) => (row.mark === null || row.mark === 'closed') && row.used.length === 0;
  return (
    plain(a) &&
    plain(b) &&
    a.mark === b.mark &&
    a.entry.id + 1 === b.entry.id &&
    a.entry.type === b.entry.type &&
    a.entry.refs === b.entry.refs &&
    a.entry.device === b.entry.device &&
    a.entry.fd === b.entry.fd
  );
}

/** `3 ids: 2 iomap, 1 passthrough`. */
export function tableSummary({ entries }: MachineState): string {
  const iomap = entries.filter(({ type }) => type === 'IOMAP').length;
  const kinds = [
    [iomap, 'iomap'],
    [entries.length - iomap, 'passthrough'],
  ] as const;
  const parts = kinds.flatMap(([n, name]) => (n === 0 ? [] : [`${n} ${name}`]));
  if (parts.length === 0) return 'no ids';
  return parts.length === 1 ? `${parts[0]}` : `${entries.length} ids: ${parts.join(', ')}`;
}

/** Where the next search for an id begins; the cursor of an IDR that has not allocated an id yet is 0. */
export const cursorText = ({ cursor }: MachineState) => `next id searched from ${Math.max(cursor, 1)}`;
