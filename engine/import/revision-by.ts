// SPDX-License-Identifier: MIT
import { otherMeaning } from '../kernel/numbering.ts';
import { typeNumber } from '../kernel/codes.ts';
import { IOMAP_OP, nameOf } from '../kernel/names.ts';
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
  for (const { type } of maps) {
    const number = typeNumber(type);
    const other = otherMeaning(number);
    if (other === null || !other.since) continue;
    const revision = other.name === 'PURE_OVERWRITE' ? '2026-05' : '2026-05-cache';
    const better = maps.some((map) => cacheType(map)) ? '2026-05-cache' : revision;
    return {
      revision: better,
      why: `Type ${number} is ${other.name} from May 2026 on, and unknown before: it opens on ${better}.`,
    };
  }
  if ((op & BIT_11) === 0 || nameOf(IOMAP_OP, BIT_11) !== undefined) return null;
  return {
    revision: '2026-05',
    why: 'Bit 11 of the op flags is WRITEBACK from May 2026 on, and unknown before: it opens on 2026-05.',
  };
}

function cacheType({ type }: WireMapping): boolean {
  const other = otherMeaning(typeNumber(type));
  return other !== null && other.since && other.name !== 'PURE_OVERWRITE';
}
