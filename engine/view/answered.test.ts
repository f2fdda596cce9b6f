// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { run, stateAt } from '../run/runner.ts';
import { documentOf } from '../scenario/plain-json.ts';
import { answeredOf } from './answered.ts';
import { extentRows, extentStrips } from './extent-strips.ts';

const { scenario } = documentOf({
  format: 1,
  inodes: { a: { size: 8192, extents: [{ addr: '1M', flags: ['SHARED'] }] } },
  steps: [
    { do: 'backing_open' },
    { do: 'pread', length: 8192, direct: true },
    { do: 'pwrite', offset: 0, length: 10 },
    { do: 'iomap_begin', reply: {} },
  ],
});
const result = run(loadCore(), scenario!);

test('what was answered is told with its question, and a scripted reply is not', () => {
  const [, read, write, scripted] = result.executions.map(answeredOf);
  expect(read!.shown.map(({ by, request, lines }) => [by, request, lines])).toEqual([
    ['extents', 'begin pos 0 count 8192', ['read MAPPED offset 0 length 4096 addr 0x100000 dev 1 SHARED']],
    ['extents', 'begin pos 4096 count 4096', ['read HOLE offset 4096 length 4096']],
  ]);
  expect(write!.shown[0]!.lines).toHaveLength(2);
  expect(scripted).toEqual({ shown: [], more: 0 });
});

test('an ioend is told with the bytes that it is about', () => {
  const { scenario: grown } = documentOf({
    format: 1,
    inodes: { a: { size: 0, extents: [] } },
    steps: [{ do: 'backing_open' }, { do: 'pwrite', length: 4096, direct: true }],
  });
  const execution = run(loadCore(), grown!).executions[1]!;
  expect(answeredOf(execution).shown.map(({ request }) => request)).toEqual([
    'begin pos 0 count 4096',
    'ioend pos 0 written 4096',
  ]);
});

test('the extents after a step lie on their devices in order', () => {
  const rows = extentRows(stateAt(result, 2).extents!);
  expect(rows).toMatchObject({ more: 0 });
  expect(rows.shown.map(({ text }) => text)).toEqual([
    'a: bytes 0 to 4095 at 0x100000 of id 1, MAPPED, shared',
    'a: bytes 0 to 4095 at 0x0 of id 1, waits for its data',
  ]);
  const [strip] = extentStrips(rows.shown, () => 'vda');
  expect(strip!.pieces.map(({ state, gapBefore }) => [state, gapBefore])).toEqual([
    ['waiting', false],
    ['mapped', true],
  ]);
});
