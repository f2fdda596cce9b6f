// SPDX-License-Identifier: MIT
/**
 * Types and op flags by number. In May 2026 some got other numbers, and an old number (255) now means nothing. All of
 * the engine therefore works with codes: a name's code is its number before May 2026, whatever the revision
 * (FUSE_IOMAP_TYPE and IOMAP_OP in names.ts), and a raw number that would be taken for one is marked. Only where bytes
 * are made or read, and where the core is called, codes become a revision's numbers and the reverse: numbering.ts. A
 * name that a revision does not have travels with the number of the nearest revision that has it.
 */
import { IOMAP_OP, flagNames } from './names.ts';

/** Stands in the code of a type that was given as a number, where the number alone is the code of a name. */
export const RAW_TYPE = 0x1_0000;
/** In the code of op flags: bits 30 and 31 that were given as numbers. */
const RAW_BIT_30 = 2 ** 32;
const RAW_BIT_31 = 2 ** 33;

const BIT_30 = 0x4000_0000;
const BIT_31 = 0x8000_0000;

/** NOCACHE, RETRY_CACHE and PURE_OVERWRITE: 253 to 255, from May 2026 on 65533 to 65535. */
export const isMoved = (type: number): boolean => type >= 253 && type <= 255;

/** How a revision numbers types and op flags. */
export interface Numbering {
  typeOf: (code: number) => number;
  typeCode: (type: number) => number;
  opOf: (code: number) => number;
  opCode: (op: number) => number;
  /** The names of the core's notes by number, where more are read than before May 2026. */
  notes?: readonly (string | null)[];
}

/** What a code of op flags says by numbers alone. */
export const rawBits = (code: number): number =>
  ((Math.floor(code / RAW_BIT_30) & 1) * BIT_30 + (Math.floor(code / RAW_BIT_31) & 1) * BIT_31) >>> 0;

/** The number in a code of a type, where it is the number that is shown. */
export const typeNumber = (code: number): number => code & 0xffff;

/** The numbers before May 2026. */
export const PLAIN_NUMBERING: Numbering = {
  typeOf: typeNumber,
  typeCode: (type) => type,
  opOf: (code) => (code | rawBits(code)) >>> 0,
  opCode: (op) => op,
};

/** The code of a type that an author gave as a number. */
export const rawTypeCode = (type: number): number => (isMoved(type) ? type | RAW_TYPE : type);

/** The code of op flags that an author gave as a number. */
export const rawOpCode = (op: number): number =>
  ((op & ~(BIT_30 | BIT_31)) >>> 0) + (op & BIT_30 ? RAW_BIT_30 : 0) + (op & BIT_31 ? RAW_BIT_31 : 0);

/** Two codes of op flags in one. */
export function joinOps(a: number, b: number): number {
  const high = (Math.floor(a / RAW_BIT_30) | Math.floor(b / RAW_BIT_30)) * RAW_BIT_30;
  return high + ((a | b) >>> 0);
}

/** The names in a code of op flags, then what has none as one hex number: `["WRITE", "0x1000"]`. */
export function opNames(code: number): string[] {
  const names = flagNames(IOMAP_OP, code);
  const rest = names.at(-1)?.startsWith('0x') ? Number(names.pop()) : 0;
  const raw = (rest | rawBits(code)) >>> 0;
  return raw === 0 ? names : [...names, `0x${raw.toString(16)}`];
}
