// SPDX-License-Identifier: MIT
import { address, plain } from '../checks/format.ts';
import { errnoText } from '../kernel/errno.ts';
import { FUSE_IOMAP_F, FUSE_IOMAP_TYPE, IOMAP_F, IOMAP_TYPE, flagNames, nameOf } from '../kernel/names.ts';
import { opNames, typeNumber } from '../kernel/codes.ts';
import type { NameTable } from '../kernel/names.ts';
import type { Iomap, WireMapping } from '../run/types.ts';

/** `WRITE|DIRECT`, or `0`. */
export function flagText(table: NameTable, value: number): string {
  return value === 0 ? '0' : flagNames(table, value).join('|');
}

/** Kernel op flags, `0` for a plain read. */
export const opText = (opflags: number): string => opNames(opflags).join('|') || '0';

/** A name, or the number in decimal if it has none. */
const nameText = (table: NameTable, value: number): string =>
  nameOf(table, value) ?? `type ${typeNumber(value)}`;

/** The fields of a mapping on the wire, in words a kernel developer would use. */
export function mappingParts({ offset, length, addr, type, flags, dev }: WireMapping): string[] {
  return [
    nameText(FUSE_IOMAP_TYPE, type),
    `offset ${plain(offset)}`,
    `length ${plain(length)}`,
    `addr ${address(addr)}`,
    `dev ${dev}`,
    ...(flags === 0 ? [] : [`flags ${flagText(FUSE_IOMAP_F, flags)}`]),
  ];
}

/** The fields of a kernel-side struct iomap. */
export function iomapParts({ addr, offset, length, type, flags, bdev }: Iomap): string[] {
  return [
    nameText(IOMAP_TYPE, type),
    `offset ${plain(offset)}`,
    `length ${plain(length)}`,
    `addr ${address(addr)}`,
    `bdev ${bdev ?? 'NULL'}`,
    ...(flags === 0 ? [] : [`flags ${flagText(IOMAP_F, flags)}`]),
  ];
}

/** `-EFSCORRUPTED (-117)`, `3`, `0`. */
export function retText(ret: bigint): string {
  const text = errnoText(ret);
  return text === String(ret) ? text : `${text} (${ret})`;
}
