// SPDX-License-Identifier: MIT
/**
 * The part of a device that a drawing shows, in bytes: a range on sector boundaries within an extent, which is the
 * device and, if mappings run past its end, a stretch after it.
 */

import type { SectorRun } from '../../run/types.ts';
import { byteEnd, type Claim, type Range } from './types.ts';

const SECTOR = 512n;
/** The closest zoom: sectors across. */
const NEAREST = 4n * SECTOR;

/** The device, and an eighth of it more if a mapping runs past its end. */
export function extentOf(sizeBytes: bigint, claims: readonly Claim[]): Range {
  const furthest = claims.reduce((end, claim) => (byteEnd(claim) > end ? byteEnd(claim) : end), sizeBytes);
  const most = up(sizeBytes + max(sizeBytes / 8n, NEAREST));
  return { start: 0n, end: min(up(furthest), most) };
}

/** The used part: the mappings and the touched sectors, with some room on either side. */
export function fitOf(extent: Range, claims: readonly Claim[], runs: readonly SectorRun[]): Range {
  const used: Range[] = [
    ...claims.map((claim) => ({ start: claim.addr, end: byteEnd(claim) })),
    ...runs.map(({ sector, sectors }) => ({ start: sector << 9n, end: (sector + sectors) << 9n })),
  ].filter(({ start, end }) => start < extent.end && end > start);
  if (used.length === 0) return extent;
  const start = used.reduce((least, range) => min(least, range.start), extent.end);
  const end = used.reduce((most, range) => max(most, min(range.end, extent.end)), 0n);
  const room = max((end - start) / 10n, SECTOR);
  return clamp({ start: down(start - room), end: up(end + room) }, extent);
}

/** Half as much (`by` -1) or twice as much (1), around a place that keeps its pixel; the middle by default. */
export function zoom(window: Range, by: -1 | 1, extent: Range, around?: bigint): Range {
  const span = window.end - window.start;
  const wanted = by < 0 ? span / 2n : span * 2n;
  const next = max(min(up(wanted), extent.end - extent.start), min(NEAREST, extent.end - extent.start));
  const middle = around ?? window.start + span / 2n;
  const start = middle - ((middle - window.start) * next) / span;
  return clamp({ start: down(start), end: down(start) + next }, extent);
}

/** Moved by so many pixels' worth, or sectors where a sector is wider than that. */
export function pan(window: Range, bytes: bigint, extent: Range): Range {
  const least = bytes < 0n ? -SECTOR : bytes > 0n ? SECTOR : 0n;
  const by = abs(bytes) < SECTOR ? least : (bytes / SECTOR) * SECTOR;
  return clamp({ start: window.start + by, end: window.end + by }, extent);
}

/** A window around a range, so that it takes a good part of it. */
export function around({ start, end }: Range, extent: Range): Range {
  const room = max((end - start) / 4n, SECTOR);
  return clamp({ start: down(start - room), end: up(end + room) }, extent);
}

/** The same span, moved into the extent; the extent itself if it is larger. */
export function clamp({ start, end }: Range, extent: Range): Range {
  const span = max(end - start, SECTOR);
  if (span >= extent.end - extent.start) return extent;
  if (start < extent.start) return { start: extent.start, end: extent.start + span };
  if (end > extent.end) return { start: extent.end - span, end: extent.end };
  return { start, end: start + span };
}

/** A byte's place in a drawing of the window that is `width` pixels wide; outside of it, outside of 0..width. */
export function toPx(bytes: bigint, window: Range, width: number): number {
  return (Number(bytes - window.start) / Number(window.end - window.start)) * width;
}

/** The byte at a pixel. */
export function atPx(px: number, window: Range, width: number): bigint {
  const fraction = BigInt(Math.round((Math.max(0, Math.min(px, width)) / width) * 1e6));
  return window.start + ((window.end - window.start) * fraction) / 1_000_000n;
}

export interface Box {
  x: number;
  width: number;
}

/** Nothing that exists is drawn thinner. */
const THIN_PX = 2;

/** A range in pixels, cut to the window; null if it lies outside. */
export function boxOf(range: Range, window: Range, width: number): Box | null {
  if (range.end <= window.start || range.start >= window.end) return null;
  const x = Math.max(0, toPx(range.start, window, width));
  const right = Math.min(width, toPx(range.end, window, width));
  const wide = Math.max(right - x, THIN_PX);
  return { x: Math.min(x, width - wide), width: wide };
}

/** Runs of sectors as boxes, those that would touch drawn as one: never more boxes than pixels. */
export function runBoxes(runs: readonly SectorRun[], window: Range, width: number): Box[] {
  const boxes: Box[] = [];
  for (const { sector, sectors } of runs) {
    const box = boxOf({ start: sector << 9n, end: (sector + sectors) << 9n }, window, width);
    if (box === null) continue;
    const last = boxes.at(-1);
    if (last && box.x <= last.x + last.width + 0.5)
      last.width = Math.max(last.width, box.x + box.width - last.x);
    else boxes.push({ ...box });
  }
  return boxes;
}

/** Lines between sectors, where there is room for them. */
export function sectorLines(window: Range, width: number): number[] {
  const many = Number((window.end - window.start) / SECTOR);
  if (width / many < 5) return [];
  return Array.from({ length: many - 1 }, (_, i) => ((i + 1) * width) / many);
}

const down = (bytes: bigint) => (bytes < 0n ? 0n : bytes - (bytes % SECTOR));
const up = (bytes: bigint) => ((bytes + SECTOR - 1n) / SECTOR) * SECTOR;
const min = (a: bigint, b: bigint) => (a < b ? a : b);
const max = (a: bigint, b: bigint) => (a > b ? a : b);
const abs = (a: bigint) => (a < 0n ? -a : a);
