// SPDX-License-Identifier: MIT
/**
 * An axis of bytes, from 0 to somewhere below 2^65, on a few hundred pixels. Where a mapping would be too thin
 * to see, the empty stretches are shortened and marked as broken; order and touching ends stay correct.
 */

export interface Range {
  start: bigint;
  /** Exclusive. */
  end: bigint;
}

export interface Axis {
  /** Pixels from the left edge of the drawing. */
  at(value: bigint): number;
  /** Centres of the cut stretches, in pixels; none on a true scale. */
  breaks: number[];
}

interface Segment extends Range {
  covered: boolean;
  px: number;
  cut: boolean;
}

/** A stretch of interest gets at least this much. */
const LEAST_PX = 12;
/** An empty stretch that is shortened. */
const CUT_PX = 26;

/**
 * @param domain what the axis shows at least
 * @param spans the stretches that must be seen
 * @param stops other values that matter: an end of device, a position; a cut never swallows one
 */
export function makeAxis(domain: Range, spans: Range[], stops: bigint[], left: number, width: number): Axis {
  const values = [domain.start, domain.end, ...stops, ...spans.flatMap(({ start, end }) => [start, end])];
  const inside = values.filter((value) => value >= domain.start && value <= domain.end);
  const edges = [...new Set(inside)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const segments = edges.slice(1).map((end, at): Segment => {
    const start = edges[at]!;
    const covered = spans.some((span) => span.start <= start && span.end >= end);
    return { start, end, covered, px: 0, cut: false };
  });
  layOut(segments, width);

  const at = (value: bigint) => {
    let x = left;
    for (const { start, end, px } of segments) {
      if (value >= end) x += px;
      else {
        if (value > start) x += (px * Number(value - start)) / Number(end - start);
        break;
      }
    }
    return x;
  };
  return {
    at,
    breaks: segments.filter(({ cut }) => cut).map(({ start, px }) => at(start) + px / 2),
  };
}

const bytesOf = ({ start, end }: Range) => Number(end - start);

function layOut(segments: Segment[], width: number): void {
  const total = segments.reduce((sum, segment) => sum + bytesOf(segment), 0) || 1;
  for (const segment of segments) segment.px = (width * bytesOf(segment)) / total;
  if (segments.every(({ covered, px }) => !covered || px >= LEAST_PX)) return;

  const covered = segments.filter((segment) => segment.covered);
  const bytes = covered.reduce((sum, segment) => sum + bytesOf(segment), 0);
  const pxPerByte = (width * 0.5) / bytes;
  for (const segment of segments) {
    const px = bytesOf(segment) * pxPerByte;
    segment.cut = !segment.covered && px > CUT_PX * 2;
    segment.px = segment.cut ? CUT_PX : Math.max(px, segment.covered ? LEAST_PX : 2);
  }
  const sum = segments.reduce((all, { px }) => all + px, 0);
  const cuts = segments.filter(({ cut }) => cut);
  // What is left over goes to the stretches that are not to scale anyway.
  if (sum < width && cuts.length > 0) for (const cut of cuts) cut.px += (width - sum) / cuts.length;
  else for (const segment of segments) segment.px *= width / sum;
}
