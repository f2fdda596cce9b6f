// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { run } from '../run/runner.ts';
import type { Execution, Io } from '../run/types.ts';
import { parseDocument } from '../scenario/parse.ts';
import { compareExecutions, verdictText } from './executions.ts';
import { matrixOf, rowOfRuns } from './matrix.ts';

const COUNTS = readFileSync(new URL('../../tests/data/format-1/io-counts.json', import.meta.url), 'utf8');
const ran = () => run(loadCore(), parseDocument(COUNTS).scenario!);
const other = (one: Execution, io: Partial<Io>): Execution => ({ ...one, io: { ...one.io!, ...io } });

test('what a fiemap counts and the block of a bmap are a part of the verdict, since both return 0', () => {
  const { executions } = ran();
  const fiemap = executions.find(({ io }) => io?.mappedExtents === 1n)!;
  const bmap = executions.find(({ io }) => io?.block === 256n)!;
  expect([fiemap.ret, bmap.ret]).toEqual([0n, 0n]);
  expect([verdictText(fiemap), verdictText(bmap)]).toEqual(['ok, 1 extent', 'ok, block 256']);
  expect(compareExecutions(fiemap, other(fiemap, { mappedExtents: 2n }))).toEqual([
    { kind: 'verdict', field: 'verdict', left: 'ok, 1 extent', right: 'ok, 2 extents' },
  ]);
  expect(compareExecutions(bmap, other(bmap, { block: 257n }))).toEqual([
    { kind: 'verdict', field: 'verdict', left: 'ok, block 256', right: 'ok, block 257' },
  ]);
  expect(compareExecutions(fiemap, other(fiemap, {}))).toEqual([]);
});

test('the matrix says what another count is', () => {
  const [left, right] = [ran(), ran()];
  const at = right.executions.findIndex(({ io }) => io?.mappedExtents === 1n);
  right.executions[at] = other(right.executions[at]!, { mappedExtents: 3n });
  const columns = [{ label: 'a' }, { label: 'b' }];
  const row = rowOfRuns('counts', [
    { label: 'a', run: left },
    { label: 'b', run: right },
  ]);
  const { rows } = matrixOf([row], columns);
  expect(rows[0]!.cells[1]!.deciding).toMatchObject({ kind: 'verdict', right: 'ok, 3 extents' });
  expect(rows[0]).toMatchObject({ differs: true });
});
