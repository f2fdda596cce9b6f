// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import type { CellVerdict, MatrixCell } from '../compare/matrix.ts';
import { cellText, tellingStep } from './matrix-cells.ts';

const verdict = (step: number, over: Partial<CellVerdict>): CellVerdict => ({
  step,
  do: 'iomap_begin',
  repeat: 0,
  times: 1,
  outcome: 'ok',
  check: null,
  which: null,
  ret: 0n,
  text: '',
  ...over,
});
const cell = (verdicts: CellVerdict[], beside: MatrixCell['beside'] = null): MatrixCell => ({
  label: 'v6-04',
  verdicts,
  stopped: null,
  fault: null,
  deciding: beside,
  beside,
});
const bdev = { step: 0, repeat: 0, kind: 'struct', field: 'iomap.bdev', left: 'vda', right: 'NULL' } as const;

test('a row is about the step that differs, else about its last iomap_begin', () => {
  const verdicts = [verdict(0, {}), verdict(1, {}), verdict(2, { do: 'backing_close' })];
  expect(tellingStep({ name: 'x', cells: [cell(verdicts)], differs: false })).toBe(1);
  const cells = [cell(verdicts), cell(verdicts, bdev)];
  expect(tellingStep({ name: 'x', cells, differs: true })).toBe(0);
});

test('a refusal is told by its check, a difference that the verdict hides by its field', () => {
  const refused = verdict(0, { outcome: 'refused', check: 'length-zero', which: 'read', ret: -117n });
  expect(cellText(cell([refused]), 0)).toEqual({ tone: 'bad', text: '✕ read length-zero', difference: null });
  expect(cellText(cell([verdict(0, {})], bdev), 0)).toEqual({
    tone: 'ok',
    text: '✓ accepted',
    difference: 'iomap.bdev vda → NULL',
  });
  expect(cellText(cell([]), 0).text).toBe('· not run');
  const late = verdict(0, { outcome: 'refused', check: 'read-after-pos', which: 'read', ret: -117n });
  expect(cellText(cell([late]), 0).text).toBe('✕ read-after-pos');
});

test('the verdict of a call inside of a step is told, since the cell shows the verdict of the step', () => {
  const inside = { ...bdev, kind: 'verdict', field: 'call 1 verdict', left: 'ok', right: 'waiting' } as const;
  expect(cellText(cell([verdict(0, {})], inside), 0).difference).toBe('call 1 verdict ok → waiting');
  expect(cellText(cell([verdict(0, {})], { ...inside, field: 'verdict' }), 0).difference).toBeNull();
});

test('a core that traps has no verdict, whatever came before', () => {
  const { tone, text } = cellText({ ...cell([verdict(0, {})]), fault: 'traps: unreachable' }, 0);
  expect([tone, text]).toEqual(['bad', '✕ traps: unreachable']);
});
