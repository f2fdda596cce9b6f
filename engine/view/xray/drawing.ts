// SPDX-License-Identifier: MIT
/** The drawing of a part of a device: everything in pixels, ready for SVG. */

import type { DeviceState } from '../../run/types.ts';
import type { Finding } from './findings.ts';
import { byteEnd, type Claim, type Range } from './types.ts';
import { boxOf, runBoxes, sectorLines, toPx, type Box } from './window.ts';

const FILE_TOP = 16;
const FILE_PITCH = 30;
export const BAR = 13;
export const LANE = 9;
const RIBBON = 34;
/** Beyond this many, files are described in words only. */
const FILES_SHOWN = 4;

interface DrawnClaim {
  claim: Claim;
  file: Box | null;
  device: Box;
  ribbon: string | null;
  /** Row of its file's bar. */
  row: number;
}

interface DrawnFile {
  inode: string;
  range: Range;
  y: number;
}

export interface Drawing {
  height: number;
  claims: DrawnClaim[];
  files: DrawnFile[];
  filesLeftOut: number;
  top: number;
  read: Box[];
  written: Box[];
  grid: number[];
  /** What lies after the end of the device. */
  past: Box | null;
  marks: { x: number; width: number; tone: Finding['tone']; number: number }[];
}

/**
 * @param sizes of the files, to draw each whole while the device is
 * @param whole whether the window is the whole extent
 */
export function drawDevice(
  claims: readonly Claim[],
  state: DeviceState | undefined,
  findings: readonly Finding[],
  sizeBytes: bigint,
  window: Range,
  width: number,
  sizes: ReadonlyMap<string, bigint>,
  whole: boolean,
): Drawing {
  const seen = claims.flatMap((claim) => {
    const device = boxOf({ start: claim.addr, end: byteEnd(claim) }, window, width);
    return device === null ? [] : [{ claim, device, part: partOf(claim, window) }];
  });
  const inodes = [...new Set(seen.map(({ claim }) => claim.inode))];
  const files = inodes.slice(0, FILES_SHOWN).map((inode, row): DrawnFile => {
    const parts = seen.filter(({ claim }) => claim.inode === inode).map(({ part }) => part);
    const least = parts.reduce((least, { start }) => (start < least ? start : least), parts[0]!.start);
    const most = parts.reduce((most, { end }) => (end > most ? end : most), 0n);
    const size = sizes.get(inode) ?? 0n;
    const range = whole ? { start: 0n, end: size > most ? size : most } : { start: least, end: most };
    return { inode, range, y: FILE_TOP + row * FILE_PITCH };
  });
  const top = files.length === 0 ? 6 : FILE_TOP + (files.length - 1) * FILE_PITCH + BAR + RIBBON;
  const columns = new Set<string>();
  const drawn = seen.flatMap(({ claim, device, part }): DrawnClaim[] => {
    const row = inodes.indexOf(claim.inode);
    // Drawings that cover each other pixel for pixel are drawn once.
    const column = `${row} ${claim.which} ${claim.current} ${device.x.toFixed(0)} ${device.width.toFixed(0)}`;
    if (columns.has(column)) return [];
    columns.add(column);
    const at = files[row];
    const file = at ? boxOf(part, at.range, width) : null;
    const ribbon = file && at ? ribbonPath(file, at.y + BAR, device, top) : null;
    return [{ claim, file, device, ribbon, row }];
  });
  const end = toPx(sizeBytes, window, width);
  return {
    height: top + BAR + 2 * LANE + 22,
    claims: drawn,
    files,
    filesLeftOut: inodes.length - files.length,
    top,
    read: runBoxes(state?.read.runs ?? [], window, width),
    written: runBoxes(state?.written.runs ?? [], window, width),
    grid: sectorLines(window, width),
    past: end < width ? { x: Math.max(0, end), width: width - Math.max(0, end) } : null,
    marks: findings.flatMap(({ bytes, tone }, i) => {
      const box = boxOf(bytes, window, width);
      return box === null ? [] : [{ ...box, tone, number: i + 1 }];
    }),
  };
}

/** The file bytes of the part of a mapping that lies in the window. */
function partOf(claim: Claim, window: Range): Range {
  const before = window.start > claim.addr ? window.start - claim.addr : 0n;
  const end = byteEnd(claim);
  const after = end > window.end ? end - window.end : 0n;
  return { start: claim.file.start + before, end: claim.file.end - after };
}

function ribbonPath(from: Box, y0: number, to: Box, y1: number): string {
  const middle = (y0 + y1) / 2;
  const n = (value: number) => value.toFixed(1);
  const [a, b, c, d] = [from.x, from.x + from.width, to.x + to.width, to.x].map(n);
  return `M${a} ${y0}C${a} ${middle} ${d} ${middle} ${d} ${y1}H${c}C${c} ${middle} ${b} ${middle} ${b} ${y0}Z`;
}
