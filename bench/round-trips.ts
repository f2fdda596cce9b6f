// SPDX-License-Identifier: MIT
/** When a request began and ended, on any clock. */
export interface Span {
  start: number;
  end: number;
}

/** The longest chain of requests in which each began after the previous one had ended. */
export function roundTrips(spans: readonly Span[]): number {
  const depths: (Span & { depth: number })[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const before = depths.filter(({ end }) => end <= span.start).map(({ depth }) => depth);
    depths.push({ ...span, depth: 1 + Math.max(0, ...before) });
  }
  return Math.max(0, ...depths.map(({ depth }) => depth));
}
