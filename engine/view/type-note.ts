// SPDX-License-Identifier: MIT
/** The number of a type on a revision, and what there is to say of it. */
import { grouped } from '../kernel/digits.ts';
import { REVISIONS, type Revision } from '../kernel/features.ts';
import { has } from '../kernel/has-feature.ts';
import { FUSE_IOMAP_TYPE, nameOf } from '../kernel/names.ts';
import { numberingOf, otherMeaning } from '../kernel/numbering.ts';

/** The revision whose number a type's name takes, if the one that answers does not have the name; else null. */
function lentBy(code: number, revision: Revision): Revision | null {
  const ofCache = code === FUSE_IOMAP_TYPE.NOCACHE || code === FUSE_IOMAP_TYPE.RETRY_CACHE;
  if (!ofCache || has(revision, 'HAS_MAPPING_CACHE')) return null;
  const may = has(revision, 'NUMBERS_OF_MAY');
  const near = REVISIONS.filter((one) => has(one, 'NUMBERS_OF_MAY') === may);
  return near.find((one) => has(one, 'HAS_MAPPING_CACHE')) ?? null;
}

/** The number that is sent for a type: `65535`, `254, of late`. */
export function typeNote(code: number, revision: Revision): string {
  const number = numberingOf(revision).typeOf(code);
  const lender = lentBy(code, revision);
  return lender === null ? String(number) : `${number}, of ${lender}`;
}

/** In a sentence what its number is another revision's, or was a name's; undefined if there is nothing to say. */
export function typeTitle(code: number, revision: Revision): string | undefined {
  const number = numberingOf(revision).typeOf(code);
  const lender = lentBy(code, revision);
  if (lender !== null)
    return `${revision} has no type ${nameOf(FUSE_IOMAP_TYPE, code)}: its number on ${lender} is sent, ${grouped(number)}.`;
  const other = nameOf(FUSE_IOMAP_TYPE, code) === undefined ? otherMeaning(number) : null;
  if (other === null || other.since === has(revision, 'NUMBERS_OF_MAY')) return undefined;
  return other.since
    ? `${grouped(number)} is ${other.name} from May 2026 on.`
    : `${grouped(number)} was ${other.name} until May 2026.`;
}
