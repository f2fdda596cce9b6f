// SPDX-License-Identifier: MIT
/** What a row of the matrix is about, in words that rows of one cause share. */
import { told } from '../kernel/unknown.ts';
import { NOTHING_SENT } from './executions.ts';
import type { CellVerdict, MatrixCell, MatrixRow } from './matrix.ts';

/** Rows one after another that differ alike. */
export interface MatrixGroup {
  /** `the iomap_end now carries addr`; '' for the rows that do not differ. */
  words: string;
  rows: MatrixRow[];
}

/** Rows in groups, in their order. */
export function groupsOf(rows: readonly MatrixRow[]): MatrixGroup[] {
  const groups: MatrixGroup[] = [];
  for (const row of rows) {
    const words = rowWords(row);
    const last = groups.at(-1);
    if (last?.words === words) last.rows.push(row);
    else groups.push({ words, rows: [row] });
  }
  return groups;
}

/** Rows put in order, those that differ alike one after another, where the first of them stands. */
export function grouped(rows: readonly MatrixRow[]): MatrixRow[] {
  const groups = new Map<string, MatrixRow[]>();
  for (const row of rows) {
    const words = rowWords(row);
    groups.set(words, [...(groups.get(words) ?? []), row]);
  }
  return [...groups.values()].flat();
}

/** What changes from each column to the next; with more than two columns, in which. */
function rowWords({ cells }: MatrixRow): string {
  const parts = cells.flatMap((cell, i) => {
    const words = i === 0 ? '' : changeWords(cells[i - 1]!, cell);
    return words === '' ? [] : [cells.length > 2 ? `from ${cell.label} on, ${words}` : words];
  });
  return parts.join('; ');
}

const verdictAt = ({ verdicts }: MatrixCell, step: number, repeat: number): CellVerdict | undefined =>
  verdicts.findLast((one) => one.step === step && one.repeat <= repeat);

function changeWords(before: MatrixCell, cell: MatrixCell): string {
  if (cell.fault !== null) return cell.fault === before.fault ? '' : `the core ${cell.fault}`;
  const { beside } = cell;
  if (beside === null) return '';
  const { kind, step, repeat } = beside;
  const [then, now] = [verdictAt(before, step, repeat), verdictAt(cell, step, repeat)];
  const name = (now ?? then)?.do ?? 'step';
  const field = beside.field.replace(/^call \d+ /, '');
  const subject = field === beside.field ? `the ${name}` : `a call within the ${name}`;
  switch (kind) {
    case 'verdict':
      return field === beside.field && then && now
        ? `${subject} ${verdictChange(then, now)}`
        : `${subject} has another verdict`;
    case 'struct':
      return `${subject} ${fieldChange(field, beside.left === 'NULL', beside.right === 'NULL', 'leaves')}`;
    case 'message':
      if (beside.right === NOTHING_SENT) return `${subject} no longer sends anything`;
      if (beside.left === NOTHING_SENT) return `${subject} now sends a request`;
      return `${subject} ${fieldChange(field.replace(/^message\.(map\.)?/, ''), isNone(beside.left), isNone(beside.right), 'carries')}`;
    case 'io':
      return `${subject} differs in ${field}`;
    case 'change':
      return `${subject} changes the machine otherwise`;
    default:
      return `${subject} is ${now === undefined ? 'no longer' : 'now'} done otherwise`;
  }
}

/** How a field of a message reads that holds nothing. */
const isNone = (text: string): boolean => text === '0' || text === 'NULL_ADDR';

/** `now carries addr`, `no longer carries addr`, `carries another addr`. */
function fieldChange(field: string, wasNone: boolean, nowNone: boolean, verb: 'carries' | 'leaves'): string {
  if (wasNone) return `now ${verb} ${field}`;
  return nowNone ? `no longer ${verb} ${field}` : `${verb} another ${field}`;
}

function verdictChange(then: CellVerdict, now: CellVerdict): string {
  const whose = (one: CellVerdict) => (one.check === null ? '' : told('check', one.check));
  if (now.outcome === 'ok' && then.outcome === 'ok') return `now gives: ${now.text}`;
  if (now.outcome === 'ok')
    return then.check === null ? 'now succeeds' : `is no longer refused by ${whose(then)}`;
  if (now.check === null) return `now gives: ${now.text}`;
  return `is now refused by ${whose(now)}${then.check === null ? '' : ` instead of ${whose(then)}`}`;
}
