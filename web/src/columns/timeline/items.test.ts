// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimelineItems, type Item } from './items.ts';

test('cards stand in the order of steps and runs, and are found again', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ times: fc.integer({ min: 1, max: 5 }), open: fc.boolean() }), { maxLength: 12 }),
      (steps) => {
        const listed: Item[] = steps.flatMap(({ times, open }, step) => [
          { step, repeat: null },
          ...(open && times > 1 ? Array.from({ length: times }, (_, repeat) => ({ step, repeat })) : []),
        ]);
        const unfolded = steps.flatMap(({ open }, step) => (open ? [step] : [])).reverse();
        const items = new TimelineItems(steps.length, (step) => steps[step]!.times, unfolded);
        expect(Array.from({ length: items.length }, (_, i) => items.at(i))).toEqual(listed);
        listed.forEach(({ step, repeat }, i) => {
          if (repeat !== null) expect(items.indexOf(step, repeat)).toBe(i);
          else if (!listed.some((other) => other.step === step && other.repeat !== null)) {
            expect(items.indexOf(step, 0)).toBe(i);
          }
        });
      },
    ),
  );
});
