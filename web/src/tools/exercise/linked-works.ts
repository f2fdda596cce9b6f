// SPDX-License-Identifier: MIT
/** Where the work in exercises that came in links is kept: each under the content of its link. */
import { linkedName } from '#engine/exercises/link.ts';
import { readLocal, writeLocal } from '../../boot/storage.ts';

/** How many are kept: what is written in them counts against what the browser gives this page. */
export const MOST_LINKED = 50;

const LIST = 'exercises-in-links';

/** The name of the work in an exercise of a link. */
export const workName = (part: string): string => `exercise-in-link.${linkedName(part) ?? 'none'}`;

/** The names in a list as it was kept, the one that was written last at its end; what is not a list holds none. */
export function namesIn(text: string | null): string[] {
  try {
    const names: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

/** The list with a name at its end, and the names for which there is no room any more. */
export function noted(names: readonly string[], name: string): { kept: string[]; gone: string[] } {
  const all = [...names.filter((one) => one !== name), name];
  return { kept: all.slice(-MOST_LINKED), gone: all.slice(0, -MOST_LINKED) };
}

/** Notes that work was kept under a name. The oldest of too many is removed. */
export function note(name: string): void {
  const { kept, gone } = noted(namesIn(readLocal(LIST)), name);
  for (const one of gone) writeLocal(one, null);
  writeLocal(LIST, JSON.stringify(kept));
}
