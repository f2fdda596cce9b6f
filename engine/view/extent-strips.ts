// SPDX-License-Identifier: MIT
/** The extents of files, as a list and as pieces of their devices. */
import { FUSE_IOMAP_F, FUSE_IOMAP_TYPE } from '../kernel/names.ts';
import type { ExtentRow, FileExtents } from '../run/types.ts';
import { grouped, hex } from './numbers.ts';

/** So many extents are drawn. */
const SHOWN = 100;

export interface ShownExtent {
  key: string;
  inode: string;
  row: ExtentRow;
  /** `copy: bytes 0 to 4,095 at 0x100000 of id 1, MAPPED, shared`. */
  text: string;
}

/** A piece of a device that an extent is on. */
export interface ExtentPiece {
  key: string;
  inode: string;
  text: string;
  state: 'mapped' | 'unwritten' | 'waiting';
  /** Whether nothing, or nothing that is drawn, lies between it and the piece before. */
  gapBefore: boolean;
}

/** The extents of all files, by file and place in it. */
export function extentRows(files: readonly FileExtents[]): { shown: ShownExtent[]; more: number } {
  const all = files.flatMap(({ inode, rows }) =>
    rows.map((row): ShownExtent => ({
      key: `${inode} ${row.offset} ${row.waiting ? 'waiting' : 'there'}`,
      inode,
      row,
      text: textOf(inode, row),
    })),
  );
  return { shown: all.slice(0, SHOWN), more: Math.max(0, all.length - SHOWN) };
}

/** The same by device, in the order of their places there. */
export function extentStrips(
  rows: readonly ShownExtent[],
  deviceOf: (dev: number) => string | null,
): { device: string; pieces: ExtentPiece[] }[] {
  const byDevice = new Map<string, ShownExtent[]>();
  for (const one of rows) {
    const device = deviceOf(one.row.dev) ?? `id ${one.row.dev}, which is not a device`;
    byDevice.set(device, [...(byDevice.get(device) ?? []), one]);
  }
  return [...byDevice].map(([device, own]) => {
    const sorted = [...own].sort((a, b) => (a.row.addr < b.row.addr ? -1 : a.row.addr > b.row.addr ? 1 : 0));
    let end = 0n;
    const pieces = sorted.map(({ key, inode, row, text }): ExtentPiece => {
      const gapBefore = row.addr > end;
      if (row.addr + row.length > end) end = row.addr + row.length;
      const written = row.type === FUSE_IOMAP_TYPE.MAPPED ? 'mapped' : 'unwritten';
      return { key, inode, text, state: row.waiting ? 'waiting' : written, gapBefore };
    });
    return { device, pieces };
  });
}

function textOf(inode: string, { offset, length, addr, type, flags, dev, waiting }: ExtentRow): string {
  const kind = waiting ? 'waits for its data' : type === FUSE_IOMAP_TYPE.MAPPED ? 'MAPPED' : 'UNWRITTEN';
  const shared = (flags & FUSE_IOMAP_F.SHARED) === 0 ? '' : ', shared';
  const bytes = `bytes ${grouped(offset)} to ${grouped(offset + length - 1n)}`;
  return `${inode}: ${bytes} at ${hex(addr)} of id ${dev}, ${kind}${shared}`;
}
