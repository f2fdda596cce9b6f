// SPDX-License-Identifier: MIT
import type { Change, Execution, MachineState } from '../run/types.ts';
import { grouped } from './numbers.ts';
import { entryTarget, objectName } from './objects.ts';

/** More ids than this in one step (an unmount, say) are counted, not listed. */
const LISTED = 6;

/** What a step changed in the machine, one line for each change, in its order. */
export function changeLines(execution: Execution, after: MachineState, before: MachineState): string[] {
  if (execution.changes.some(({ kind }) => kind === 'unmounted')) return unmountLines(before);
  const closed = execution.changes.filter(({ kind }) => kind === 'closed').length;
  const many = closed > LISTED;
  const lines = execution.changes.flatMap((change) => {
    if (many && (change.kind === 'closed' || change.kind === 'freed')) return [];
    const text = changeText(change, after, before);
    return text === null ? [] : [text];
  });
  return many ? [`${closed} ids left the table, their objects freed.`, ...lines] : lines;
}

/** Teardown frees what has an id, whoever holds it; what was closed before lives on with its users. */
function unmountLines({ entries }: MachineState): string[] {
  if (entries.length === 0) return ['The connection is gone.'];
  const ids =
    entries.length === 1
      ? '1 id left the table, its object'
      : `${entries.length} ids left the table, their objects`;
  return ['The connection is gone.', `${ids} freed.`];
}

function deviceText({ device, bios, written, read }: Extract<Change, { kind: 'device' }>): string {
  const sum = (runs: readonly { sectors: bigint }[]) => runs.reduce((all, { sectors }) => all + sectors, 0n);
  const sectors = (many: bigint) => `${grouped(many)} ${many === 1n ? 'sector' : 'sectors'}`;
  const done = [
    written.length > 0 && `${sectors(sum(written))} written`,
    read.length > 0 && `${sectors(sum(read))} read`,
  ].filter(Boolean);
  const requests = bios === 1 ? 'One request' : `${grouped(bios)} requests`;
  const failed = bios === 1 ? 'it failed' : 'none succeeded';
  return `${requests} for ${device}: ${done.join(', ') || failed}.`;
}

function sizesText({ from, to }: Extract<Change, { kind: 'sizes' }>): string {
  const changed = (a: bigint, b: bigint) => (a === b ? grouped(b) : `${grouped(a)} → ${grouped(b)}`);
  return (
    `Size of file ${to.inode}: ${changed(from.sizeBytes, to.sizeBytes)} bytes; ` +
    `as the server knows it: ${changed(from.diskSizeBytes, to.diskSizeBytes)}.`
  );
}

function extentsText({ inode, rows }: Extract<Change, { kind: 'extents' }>): string {
  const waiting = rows.filter((row) => row.waiting).length;
  const many = grouped(rows.length - waiting);
  const more = waiting === 0 ? '' : `, and ${grouped(waiting)} for copies that wait for their data`;
  return `File ${inode} has ${many} ${many === '1' ? 'extent' : 'extents'} now${more}.`;
}

function changeText(change: Change, after: MachineState, before: MachineState): string | null {
  switch (change.kind) {
    case 'opened': {
      const { entry } = change;
      return `Id ${entry.id} entered the table: ${entry.type.toLowerCase()}, ${entryTarget(entry)}.`;
    }
    case 'closed':
      return `Id ${change.id} left the table.`;
    case 'freed':
      return `The object of ${objectName(change.serial, before, after)} was freed.`;
    case 'refs':
      return `References of ${objectName(change.serial, after, before)}: ${change.from} → ${change.to}.`;
    case 'cursor':
      return `The next id is searched from ${Math.max(change.to, 1)}, before from ${Math.max(change.from, 1)}.`;
    case 'passthrough-file':
      return change.open
        ? `An open file now holds ${objectName(change.serial, after, before)}.`
        : `An open file let go of ${objectName(change.serial, before, after)}.`;
    case 'device':
      return deviceText(change);
    case 'sizes':
      return sizesText(change);
    case 'extents':
      return extentsText(change);
    case 'mount':
      return change.to === 'gone' ? 'The mount is gone.' : 'The mount is detached; open files keep it.';
    case 'dev-closed':
      return 'The server has no /dev/fuse any more.';
    // The end of the connection has its own lines.
    case 'unmounted':
      return null;
  }
}
