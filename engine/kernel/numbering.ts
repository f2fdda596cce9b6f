// SPDX-License-Identifier: MIT
/** The numbers that a revision has for the codes of types and op flags: see codes.ts. */
import { PLAIN_NUMBERING, RAW_TYPE, isMoved, rawBits, typeNumber, type Numbering } from './codes.ts';
import { has } from './has-feature.ts';
import type { Revision } from './features.ts';

const BIT_11 = 0x0800;
const BIT_30 = 0x4000_0000;
const BIT_31 = 0x8000_0000;
const MOVED_BY = 0xff00;

const OF_MAY: Numbering = {
  typeOf: (code) => (isMoved(code) ? code + MOVED_BY : typeNumber(code)),
  typeCode: (type) => (isMoved(type) ? type | RAW_TYPE : isMoved(type - MOVED_BY) ? type - MOVED_BY : type),
  opOf: (code) =>
    ((code & ~(BIT_30 | BIT_31)) |
      (code & BIT_31 ? BIT_11 : 0) |
      (code & BIT_30 ? BIT_31 : 0) |
      rawBits(code)) >>>
    0,
  opCode: (op) =>
    ((op & ~(BIT_11 | BIT_30 | BIT_31)) | (op & BIT_11 ? BIT_31 : 0) | (op & BIT_31 ? BIT_30 : 0)) >>> 0,
};

/** The numbers of a revision. */
export const numberingOf = (revision: Revision): Numbering =>
  has(revision, 'NUMBERS_OF_MAY') ? OF_MAY : PLAIN_NUMBERING;

/** Whether a number was a name's until May 2026, or is one's from then on, which the other revisions do not have. */
export function otherMeaning(type: number): { name: string; since: boolean } | null {
  const names = ['NOCACHE', 'RETRY_CACHE', 'PURE_OVERWRITE'] as const;
  if (isMoved(type)) return { name: names[type - 253]!, since: false };
  return isMoved(type - MOVED_BY) ? { name: names[type - MOVED_BY - 253]!, since: true } : null;
}
