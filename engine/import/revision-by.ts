// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { otherMeaning } from '../kernel/numbering.ts';
import { typeNumber } from '../kernel/codes.ts';
import type { Revision } from '../kernel/features.ts';
import type { WireMapping } from '../run/types.ts';

/** Op flag WRITEBACK from May 2026 on; a bit without a name before. */
const BIT_11 = 1 << 11;

/** A revision that knows a number, and what the number says, in a sentence. */
export interface KnownBy {
  revision: Revision;
  why: string;
}

/**
 * The revision that the numbers in bytes tell of, where no other knows them: types and op flags that got theirs in May
 * 2026. Null where they tell nothing.
 */
export function revisionBy(maps: readonly WireMapping[], op: number): KnownBy | null {
  const later = maps.flatMap(({ type }) => {
    const number = typeNumber(type);
    const other = otherMeaning(number);
    return other?.since ? [{ number, name: other.name }] : [];
  });
  const [first] = later;
  if (first !== undefined) {
    const revision = later.every(({ name }) => name === 'PURE_OVERWRITE') ? '2026-05' : '2026-05-cache';
    const why = `Type ${grouped(first.number)} is ${first.name} from May 2026 on, and unknown before: it opens on ${revision}.`;
    return { revision, why };
  }
  if ((op & BIT_11) === 0) return null;
  return {
    revision: '2026-05',
    why: 'Bit 11 of the op flags is WRITEBACK from May 2026 on, and unknown before: it opens on 2026-05.',
  };
}
