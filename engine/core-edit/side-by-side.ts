// SPDX-License-Identifier: MIT
import { diffArrays } from 'diff';

/** One line of each of two texts that stand beside each other; null where the other one has a line more. */
export interface Beside {
  left: string | null;
  right: string | null;
  same: boolean;
}

/**
 * Two texts line by line. Of a stretch that differs, the first lines stand beside each other, and what is left of the
 * longer side beside nothing.
 */
export function sideBySide(left: string, right: string): Beside[] {
  const lines = (text: string) => text.replace(/\n$/, '').split('\n');
  const rows: Beside[] = [];
  let [gone, come]: [string[], string[]] = [[], []];
  const pair = () => {
    for (let i = 0; i < Math.max(gone.length, come.length); i++)
      rows.push({ left: gone[i] ?? null, right: come[i] ?? null, same: false });
    [gone, come] = [[], []];
  };
  for (const { value, added, removed } of diffArrays(lines(left), lines(right))) {
    if (removed) gone.push(...value);
    else if (added) come.push(...value);
    else {
      pair();
      for (const line of value) rows.push({ left: line, right: line, same: true });
    }
  }
  pair();
  return rows;
}
