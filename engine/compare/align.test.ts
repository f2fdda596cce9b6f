// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from '../scenario/parse.ts';
import type { JsonValue } from '../scenario/json.ts';
import type { Step } from '../scenario/schema.ts';
import { alignSteps } from './align.ts';

function steps(...written: JsonValue[]): Step[] {
  const { scenario, problems } = parseDocument(JSON.stringify({ format: 1, steps: written }));
  if (scenario === null) throw new Error(problems[0]?.message);
  return scenario.steps;
}
const OPEN = { do: 'backing_open' };
const begin = (pos: number) => ({ do: 'iomap_begin', pos, reply: { read: { length: 4096 } } });
const END = { do: 'iomap_end' };
const shown = (left: Step[], right: Step[]) =>
  alignSteps(left, right).map(({ left: l, right: r }) => `${l ?? '-'}${r ?? '-'}`);

test('an inserted step stands alone, and those after it stand beside their counterparts', () => {
  expect(shown(steps(OPEN, begin(0), END), steps(OPEN, OPEN, begin(0), END))).toEqual([
    '00',
    '-1',
    '12',
    '23',
  ]);
  expect(shown(steps(OPEN, begin(0), begin(4096), END), steps(OPEN, begin(4096), END))).toEqual([
    '00',
    '1-',
    '21',
    '32',
  ]);
});

test('an edited step stays beside itself, and one of another kind never does', () => {
  expect(shown(steps(OPEN, begin(0), END), steps(OPEN, begin(4096), END))).toEqual(['00', '11', '22']);
  expect(shown(steps(begin(0)), steps(END))).toEqual(['0-', '-0']);
});

test('what is only expected or noted does not count as a difference', () => {
  const told = { ...begin(0), note: 'here', expect: { ret: 0 } };
  expect(shown(steps(begin(4096), begin(0)), steps(told))).toEqual(['0-', '10']);
});

test('every step of either side stands once, in order', () => {
  const kinds = fc.array(fc.constantFrom<JsonValue>(OPEN, begin(0), begin(4096), END), { maxLength: 12 });
  fc.assert(
    fc.property(kinds, kinds, (a, b) => {
      const [left, right] = [steps(...a), steps(...b)];
      const pairs = alignSteps(left, right);
      const of = (side: 'left' | 'right') => pairs.flatMap((pair) => pair[side] ?? []);
      expect(of('left')).toEqual(left.map((_, i) => i));
      expect(of('right')).toEqual(right.map((_, i) => i));
      for (const { left: l, right: r } of pairs)
        if (l !== null && r !== null) expect(left[l]!.do).toBe(right[r]!.do);
    }),
  );
});

test('a thousand steps against other two thousand end in time, by place', () => {
  const many = (count: number, pos: number) => steps(...Array.from({ length: count }, () => begin(pos)));
  const pairs = alignSteps(many(1_000, 0), many(2_000, 4096));
  expect(pairs).toHaveLength(2_000);
  expect(pairs[999]).toEqual({ left: 999, right: 999 });
  expect(pairs[1_000]).toEqual({ left: null, right: 1_000 });
});
