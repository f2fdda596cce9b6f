// SPDX-License-Identifier: MIT
/** The drawing of one device: everything in pixels, ready for SVG. */

import { makeAxis } from './axis.ts';
import type { Axis, Range } from './axis.ts';
import { sectors, span } from './placements.ts';
import type { DeviceView, Placement, StripView } from './placements.ts';

export const ROW = { file: 18, device: 92, bar: 16 } as const;
const INSET = 1;
/** A monospace character of the labels. */
const CHAR_PX = 6.1;

export interface Box {
  x: number;
  width: number;
}

export interface Label {
  x: number;
  text: string;
  /** 0 is the line nearest to its bar. */
  line: number;
}

export interface Mark {
  placement: Placement;
  file: Box;
  device: Box;
  /** The part on the device that is past its end. */
  past: Box | null;
  /** SVG path of the ribbon from the file to the device. */
  ribbon: string;
  /** Null where there is no room beside `pos`; the words have it anyway. */
  fileLabel: Label | null;
  deviceLabel: Label;
}

export interface Drawing {
  width: number;
  height: number;
  marks: Mark[];
  file: { breaks: number[]; pos: number; posLabel: Label; eof: number | null };
  device: { breaks: number[]; bar: Box; end: number; endLabel: Label | null };
}

/** Lays out one device for a drawing so many pixels wide. */
export function drawStrip(view: StripView, device: DeviceView, width: number): Drawing {
  const inner = Math.max(width - 2 * INSET, 40);
  const fileAxis = axisOf(
    device.placements.map(({ file }) => file),
    [view.pos, view.fileBytes],
    inner,
  );
  const deviceAxis = axisOf(
    device.placements.map((each) => each.device),
    [device.sizeBytes],
    inner,
  );
  const marks = device.placements.map((placement) =>
    markOf(placement, fileAxis, deviceAxis, device.sizeBytes),
  );
  const clamp = labelClamp(inner);
  const pos = fileAxis.at(view.pos);
  const posLabel = clamp({ x: pos + 4, text: `pos ${view.pos}`, line: 0 });
  const fileLabels = marks.flatMap(({ fileLabel }) => fileLabel ?? []);
  spread(fileLabels.concat(posLabel), clamp, [posLabel]);
  for (const mark of marks) if (mark.fileLabel && mark.fileLabel.line > 0) mark.fileLabel = null;
  const end = deviceAxis.at(device.sizeBytes);
  const past = device.placements.some(({ pastEndBytes }) => pastEndBytes > 0n);
  const endLabel = past ? clamp({ x: end - 3, text: `end of ${device.name}`, line: 0 }) : null;
  spread(marks.map(({ deviceLabel }) => deviceLabel).concat(endLabel ?? []), clamp, []);
  const lines = Math.max(0, endLabel?.line ?? 0, ...marks.map(({ deviceLabel }) => deviceLabel.line)) + 1;
  return {
    width,
    height: ROW.device + ROW.bar + 4 + 13 * lines,
    marks,
    file: {
      breaks: fileAxis.breaks,
      pos,
      posLabel,
      eof: view.fileBytes > 0n ? fileAxis.at(view.fileBytes) : null,
    },
    device: { breaks: deviceAxis.breaks, bar: { x: INSET, width: end - INSET }, end, endLabel },
  };
}

function axisOf(spans: Range[], stops: bigint[], width: number): Axis {
  const most = [...stops, ...spans.map(({ end }) => end)].reduce((a, b) => (a > b ? a : b), 1n);
  const seen = spans.filter(({ start, end }) => end > start);
  return makeAxis({ start: 0n, end: most }, seen, stops, INSET, width);
}

function boxOf(axis: Axis, { start, end }: Range): Box {
  const x = axis.at(start);
  return { x, width: Math.max(axis.at(end) - x, 1.5) };
}

function markOf(placement: Placement, file: Axis, device: Axis, sizeBytes: bigint): Mark {
  const top = boxOf(file, placement.file);
  const bottom = boxOf(device, placement.device);
  const pastStart = placement.device.start > sizeBytes ? placement.device.start : sizeBytes;
  return {
    placement,
    file: top,
    device: bottom,
    past: placement.pastEndBytes > 0n ? boxOf(device, { start: pastStart, end: placement.device.end }) : null,
    ribbon: ribbonPath(top, bottom),
    fileLabel: { x: top.x, text: span(placement.file, String), line: 0 },
    deviceLabel: { x: bottom.x, text: `${placement.which} ${sectors(placement.device)}`, line: 0 },
  };
}

function ribbonPath(top: Box, bottom: Box): string {
  const y0 = ROW.file + ROW.bar;
  const y1 = ROW.device;
  const middle = (y0 + y1) / 2;
  const n = (value: number) => value.toFixed(1);
  const [a, b, c, d] = [top.x, top.x + top.width, bottom.x + bottom.width, bottom.x].map(n);
  return `M${a} ${y0}C${a} ${middle} ${d} ${middle} ${d} ${y1}H${c}C${c} ${middle} ${b} ${middle} ${b} ${y0}Z`;
}

const widthOf = ({ text }: Label) => text.length * CHAR_PX;

/** Keeps a label within the drawing. */
const labelClamp =
  (inner: number) =>
  (label: Label): Label => {
    label.x = Math.max(INSET, Math.min(label.x, INSET + inner - widthOf(label)));
    return label;
  };

/** Moves labels that would run into each other to further lines; those in `fixed` stay on the first. */
function spread(labels: Label[], clamp: (label: Label) => Label, fixed: Label[]): void {
  const placed: Label[] = [...fixed];
  for (const label of labels) {
    if (fixed.includes(label)) continue;
    clamp(label);
    const clashes = (line: number) =>
      placed.some(
        (other) =>
          other.line === line &&
          label.x < other.x + widthOf(other) + 8 &&
          other.x < label.x + widthOf(label) + 8,
      );
    while (clashes(label.line)) label.line++;
    placed.push(label);
  }
}
