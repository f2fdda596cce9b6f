// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { aMapping, aReply, aState, anEntry, anExecution } from '../testing/parts.ts';
import { changeLines } from './changes.ts';
import { cursorText, foldRows, tableRows, tableSummary } from './table.ts';
import type { Row } from './table.ts';

const entries = (count: number) => Array.from({ length: count }, (_, at) => anEntry(at + 1));
const shape = (rows: Row[]) =>
  rows.map((row) => (row.kind === 'run' ? `${row.first}..${row.last}` : String(row.entry.id)));

describe('rows', () => {
  const step = anExecution({ do: 'backing_open' });
  it('mark what the step added, changed and closed', () => {
    const before = aState([anEntry(1), anEntry(2), anEntry(4)]);
    const after = aState([anEntry(1, { refs: 2 }), anEntry(3), anEntry(4)]);
    const rows = tableRows(after, before, step);
    expect(rows.map(({ entry, mark, refsBefore }) => [entry.id, mark, refsBefore])).toEqual([
      [1, 'refs', 1],
      [2, 'closed', null],
      [3, 'added', null],
      [4, null, null],
    ]);
  });
  it('tell apart two objects that had the same id', () => {
    const before = aState([anEntry(1, { serial: 1 })]);
    const after = aState([anEntry(1, { serial: 2 })]);
    expect(tableRows(after, before, step).map(({ mark }) => mark)).toEqual(['added', 'closed']);
  });
  it('name the mappings that point at them', () => {
    const execution = anExecution({ reply: aReply(aMapping({ dev: 2 }), aMapping({ dev: 2 })) });
    const state = aState(entries(2));
    expect(tableRows(state, state, execution).map(({ used }) => used)).toEqual([[], ['read', 'write']]);
  });
  it('mark nothing before the first step', () => {
    const state = aState(entries(1));
    expect(tableRows(state, aState([]), null)[0]?.mark).toBeNull();
  });
});

describe('folding', () => {
  const fold = (count: number, execution = anExecution({ do: 'unmount' }), open?: Set<number>) => {
    const state = aState(entries(count));
    return foldRows(tableRows(state, state, execution), open);
  };
  it('leaves a short table alone', () => {
    expect(shape(fold(12))).toHaveLength(12);
  });
  it('makes one line of a full table', () => {
    expect(shape(fold(1024))).toEqual(['1..1024']);
  });
  it('keeps rows that matter, and what is too short to fold', () => {
    const execution = anExecution({ reply: aReply(aMapping({ dev: 500 }), aMapping({ dev: 1022 })) });
    expect(shape(fold(1024, execution))).toEqual(['1..499', '500', '501..1021', '1022', '1023', '1024']);
  });
  it('breaks a run where the kind or the numbering does', () => {
    const state = aState([
      ...entries(20),
      ...entries(6).map((entry) => ({ ...entry, id: entry.id + 30, serial: entry.serial + 30 })),
      ...entries(6).map((entry) => ({
        ...entry,
        id: entry.id + 36,
        serial: entry.serial + 36,
        device: null,
        type: 'PASSTHROUGH' as const,
      })),
    ]);
    const rows = foldRows(tableRows(state, state, null));
    expect(shape(rows)).toEqual(['1..20', '31..36', '37..42']);
  });
  it('unfolds what is asked for', () => {
    expect(fold(1024, undefined, new Set([1]))).toHaveLength(1025);
  });
});

it('sums up', () => {
  expect(tableSummary(aState([]))).toBe('no ids');
  expect(tableSummary(aState(entries(3)))).toBe('3 iomap');
  expect(tableSummary(aState([anEntry(1), anEntry(2, { type: 'PASSTHROUGH' })]))).toBe(
    '2 ids: 1 iomap, 1 passthrough',
  );
  expect(cursorText(aState([], { cursor: 0 }))).toBe('next id searched from 1');
});

describe('changes in words', () => {
  const before = aState([anEntry(2, { type: 'PASSTHROUGH', device: null, fd: 4 })]);
  const lines = (changes: Parameters<typeof anExecution>[0]['changes'], after = aState([])) =>
    changeLines(anExecution({ changes }), after, before);
  it('name objects by id and target', () => {
    expect(
      lines([
        { kind: 'opened', entry: anEntry(3) },
        { kind: 'refs', serial: 2, from: 2, to: 1 },
        { kind: 'closed', id: 2, serial: 2 },
        { kind: 'freed', serial: 2 },
        { kind: 'cursor', from: 0, to: 4 },
      ]),
    ).toEqual([
      'Id 3 entered the table: iomap, vda.',
      'References of id 2 (file of fd 4): 2 → 1.',
      'Id 2 left the table.',
      'The object of id 2 (file of fd 4) was freed.',
      'The next id is searched from 4, before from 1.',
    ]);
  });
  it('count what is too much to list', () => {
    const closed = Array.from({ length: 1024 }, (_, at) => ({
      kind: 'closed' as const,
      id: at + 1,
      serial: at + 1,
    }));
    expect(lines([...closed, { kind: 'cursor', from: 1, to: 9 }])).toEqual([
      '1024 ids left the table, their objects freed.',
      'The next id is searched from 9, before from 1.',
    ]);
  });
  it('count what an unmount took', () => {
    expect(lines([{ kind: 'unmounted' }])).toEqual([
      'The connection is gone.',
      '1 id left the table, its object freed.',
    ]);
  });
});
