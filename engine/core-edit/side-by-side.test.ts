// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sideBySide } from './side-by-side.ts';

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1 }).map((lines) => lines.join('\n'));

describe('two texts beside each other', () => {
  it('pairs what was changed, and leaves a gap beside a line more', () => {
    expect(sideBySide('a\nb\nc\n', 'a\nB\nB2\nc\n')).toEqual([
      { left: 'a', right: 'a', same: true },
      { left: 'b', right: 'B', same: false },
      { left: null, right: 'B2', same: false },
      { left: 'c', right: 'c', same: true },
    ]);
  });

  it('loses no line of either side, and says of none that differs that it is the same', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        const rows = sideBySide(`${left}\n`, `${right}\n`);
        const side = (of: 'left' | 'right') => rows.flatMap((row) => row[of] ?? []).join('\n');
        expect([side('left'), side('right')]).toEqual([left, right]);
        for (const row of rows) if (row.same) expect(row.left).toBe(row.right);
      }),
    );
  });
});
