// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { compareExecutions } from '#engine/compare/executions.ts';
import { matrix, matrixOf, matrixRow } from '#engine/compare/matrix.ts';
import { compareSides, statesOf } from '#engine/compare/sides.ts';
import { compareRuns } from '#engine/compare/runs.ts';
import { run } from '#engine/run/runner.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { retarget } from '#engine/scenario/revision.ts';
import { REVISIONS, type Revision } from '#engine/kernel/features.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { loadCore } from '../core-module.ts';

const CORES = new Map(REVISIONS.map((revision) => [revision, loadCore('trace', revision)]));
const column = (revision: Revision) => ({ label: revision, revision, module: CORES.get(revision)! });
const ran = (scenario: Scenario, revision: Revision = 'v6-04') =>
  run(CORES.get(revision)!, retarget(scenario, revision));

function scenarioOf(steps: JsonValue[], machine: Record<string, JsonValue> = {}): Scenario {
  const { scenario, problems } = parseDocument(JSON.stringify({ format: 1, ...machine, steps }));
  if (scenario === null) throw new Error(problems[0]?.message);
  return scenario;
}

const OPEN = { do: 'backing_open' };
const HOLE = { length: 4096, addr: 'NULL_ADDR' };
const MAPPED = { length: 4096, addr: '1M', type: 'MAPPED', dev: 1 };
const begin = (read: Record<string, JsonValue>, rest: Record<string, JsonValue> = {}) => ({
  do: 'iomap_begin',
  ...rest,
  reply: { read },
});
const hole = scenarioOf([begin(HOLE)]);
const shortWrite = scenarioOf([OPEN, begin(MAPPED, { op: ['WRITE'] }), { do: 'iomap_end', written: 0 }]);
const retry = scenarioOf([begin({ ...HOLE, type: 'RETRY_CACHE' })]);

describe('two runs', () => {
  it('of the same are the same', () => {
    const comparison = compareRuns(ran(shortWrite), ran(shortWrite));
    expect(comparison.pairs).toHaveLength(3);
    expect(comparison.differing).toEqual([]);
    expect(comparison.deciding).toBeNull();
  });

  it('of one scenario on two revisions: the field that the server is told otherwise', () => {
    const { pairs, deciding } = compareRuns(ran(shortWrite), ran(shortWrite, 'v7-04'));
    expect(deciding).toEqual({
      pair: 2,
      difference: { kind: 'message', field: 'message.map.addr', left: 'NULL_ADDR', right: '0x100000' },
    });
    expect(pairs[2]?.differences.map(({ field }) => field)).toEqual(['message.map.addr', 'message.map.dev']);
  });

  it('of two scenarios: an execution that one does not have', () => {
    const [two, three] = [
      scenarioOf([{ ...OPEN, times: 2 }, begin(MAPPED)]),
      scenarioOf([{ ...OPEN, times: 3 }, begin(MAPPED)]),
    ];
    const { pairs, differing, deciding } = compareRuns(ran(two), ran(three));
    expect(pairs.map(({ left, right }) => [left !== null, right !== null])).toEqual([
      [true, true],
      [true, true],
      [false, true],
      [true, true],
    ]);
    expect(differing).toEqual([2]);
    expect(deciding?.difference).toEqual({
      kind: 'missing',
      field: 'execution',
      left: 'not run',
      right: 'ok 3',
    });
  });

  it('of two scenarios whose steps are not the same: each beside its like, the verdict decides', () => {
    const side = (scenario: Scenario) => ({ ...column('v6-04'), scenario });
    const one = scenarioOf([OPEN, begin(MAPPED)]);
    const two = scenarioOf([OPEN, OPEN, begin({ ...MAPPED, dev: 3 }), { do: 'unmount' }]);
    const comparison = compareSides(side(one), side(two));
    expect(comparison.pairs.map(({ steps }) => steps)).toEqual([
      { left: 0, right: 0 },
      { left: null, right: 1 },
      { left: 1, right: 2 },
      { left: null, right: 3 },
    ]);
    expect(comparison.pairs[2]).toMatchObject({ left: { do: 'iomap_begin' }, right: { do: 'iomap_begin' } });
    expect(comparison.deciding).toMatchObject({ pair: 2, difference: { kind: 'verdict' } });
    const states = statesOf(comparison, comparison.pairs[2]!);
    expect(states.map((state) => state?.entries.length)).toEqual([1, 2]);
    expect(statesOf(comparison, comparison.pairs[1]!)[0]).toBeNull();
  });

  it('of two replies: verdict before structs before the path', () => {
    const other = ran(scenarioOf([OPEN, begin({ ...MAPPED, dev: 2 })]));
    const differences = compareRuns(ran(scenarioOf([OPEN, begin(MAPPED)])), other).pairs[1]!.differences;
    expect(differences[0]).toEqual({
      kind: 'verdict',
      field: 'verdict',
      left: 'ok',
      right: 'refused by dev-not-found (read) -EFSCORRUPTED',
    });
    expect(differences[1]).toMatchObject({ kind: 'struct', field: 'iomap', right: 'untouched' });
    expect(differences.slice(2)).toContainEqual({
      kind: 'path',
      field: 'read dev-not-found',
      left: 'pass (dev 1, type MAPPED, found iomap)',
      right: 'fail (dev 2, type MAPPED, found nothing)',
    });
  });

  it('of an I/O step: the calls on its way, and what moved', () => {
    const read = (addr: string) =>
      ran(
        scenarioOf([
          OPEN,
          { do: 'pread', length: 512, direct: true, replies: [{ read: { ...MAPPED, addr } }] },
        ]),
      );
    const differences = compareRuns(read('1M'), read('2M')).pairs[1]!.differences;
    expect(differences).toContainEqual({
      kind: 'struct',
      field: 'call 1 iomap.addr',
      left: '0x100000',
      right: '0x200000',
    });
    expect(differences.map(({ kind, field }) => `${kind} ${field}`)).toContain('io events');
    expect(compareRuns(read('1M'), read('1M')).differing).toEqual([]);
  });

  it('of two revisions, one of which asks more: only a path', () => {
    const [left, right] = [ran(hole), ran(hole, 'late')];
    const differences = compareExecutions(left.executions[0]!, right.executions[0]!);
    expect(new Set(differences.map(({ kind }) => kind))).toEqual(new Set(['path']));
    expect(differences[0]).toMatchObject({ field: 'read nocache-on-begin', left: 'not evaluated' });
  });
});

describe('the matrix', () => {
  const rows = [
    { name: 'hole', scenario: hole },
    { name: 'end', scenario: shortWrite },
    { name: 'retry', scenario: retry },
  ];

  it('puts what differs first and counts it; more checks on the way are not a difference', () => {
    const result = matrix(rows, [column('v6-04'), column('late')]);
    expect(result.rows.map(({ name, differs }) => [name, differs])).toEqual([
      ['retry', true],
      ['end', true],
      ['hole', false],
    ]);
    expect(result.summary).toBe('late changes 2 of 3 scenarios against v6-04');
    expect(result.rows[0]?.cells[1]?.deciding).toMatchObject({
      step: 0,
      kind: 'verdict',
      left: 'refused by type-unknown (read) -EFSCORRUPTED',
      right: 'refused by cache-unavailable (read) -EFSCORRUPTED',
    });
  });

  it('compares every column with the first, whichever revision a scenario names', () => {
    const scenario = retarget(shortWrite, 'late');
    const { cells } = matrixRow({ name: 'end', scenario }, REVISIONS.slice(1).map(column));
    expect(cells.map(({ deciding }) => deciding?.right ?? null)).toEqual([
      null,
      '0x0',
      '0x100000',
      '0x100000',
      '0x100000',
      '0x100000',
    ]);
    // What is coloured: a column against the one to its left.
    expect(cells.map(({ beside }) => beside && `${beside.left} → ${beside.right}`).slice(3)).toEqual([
      null,
      null,
      null,
    ]);
    expect(cells[1]!.beside).toEqual(cells[1]!.deciding);
    expect(cells[2]!.beside?.left).toBe(cells[1]!.deciding!.right);
  });

  it('tells executions of a step that came out alike once', () => {
    const opens = scenarioOf([{ ...OPEN, times: 1026 }]);
    const [cell] = matrixRow({ name: 'opens', scenario: opens }, [column('v6-04')]).cells;
    expect(cell?.verdicts).toMatchObject([
      { step: 0, repeat: 0, times: 1024, outcome: 'ok', ret: 1n, text: 'ok 1' },
      { step: 0, repeat: 1024, times: 2, outcome: 'refused', check: 'open-id', ret: -28n },
    ]);
  });

  it('of more than two columns, and of none that differ', () => {
    const columns = REVISIONS.map(column);
    expect(matrixOf([matrixRow(rows[1]!, columns)], columns).summary).toBe(
      `1 of 1 scenario is not the same in all of ${REVISIONS.join(', ')}`,
    );
    const same = matrix([rows[0]!], [column('v6-04'), column('v7-04')]);
    expect([same.changed, same.summary]).toEqual([0, 'v7-04 changes 0 of 1 scenario against v6-04']);
  });
});
