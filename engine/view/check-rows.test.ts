// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import type { Chip, ChipState, Group } from './check-path.ts';
import { checkRows, passedOf } from './check-rows.ts';

function aGroup(key: string, states: ChipState[], changes: Partial<Group> = {}): Group {
  const chips = states.map((state, at): Chip => ({
    key: `${key} ${at}`,
    check: 'length-zero',
    label: 'length given',
    fn: key,
    which: null,
    state,
    operands: [],
    predicate: null,
    edited: false,
  }));
  const decided = chips.find(({ state }) => state === 'decided') ?? null;
  return { key, fn: key, which: null, chips, reached: true, decided, quiet: false, ...changes };
}

const folded = (groups: Group[]) => checkRows(groups).map(({ key, folds }) => [key, folds]);

it('folds what passed and what was not reached, and leaves open what decided or would have', () => {
  expect(
    folded([
      aGroup('passed', ['passed', 'passed']),
      aGroup('deciding', ['passed', 'decided', 'skipped']),
      aGroup('audited', ['would-pass', 'would-fail'], { reached: false }),
      aGroup('also fine', ['would-pass'], { reached: false }),
      aGroup('after', ['skipped'], { reached: false }),
      aGroup('odd', ['passed', 'unknown']),
    ]),
  ).toEqual([
    ['passed', true],
    ['deciding', false],
    ['audited', false],
    ['also fine', true],
    ['after', true],
    ['odd', false],
  ]);
});

it('has nothing to unfold where there is no check', () => {
  expect(folded([aGroup('empty', [])])).toEqual([['empty', false]]);
});

it('makes one line of the groups that every good reply passes', () => {
  const rows = checkRows([
    aGroup('copy', ['passed'], { quiet: true }),
    aGroup('write', ['passed', 'passed'], { quiet: true }),
    aGroup('check', ['passed']),
  ]);
  expect(rows.map(({ key, groups }) => [key, groups.map((group) => group.key)])).toEqual([
    ['whole', ['copy', 'write']],
    ['check', ['check']],
  ]);
  expect(rows.map(passedOf)).toEqual([3, 1]);
});

it('counts only a line of which all passed', () => {
  const [mixed, none] = checkRows([aGroup('mixed', ['passed', 'skipped']), aGroup('none', [])]);
  expect([passedOf(mixed!), passedOf(none!)]).toEqual([null, null]);
});
