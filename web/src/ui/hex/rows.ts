// SPDX-License-Identifier: MIT
/** Which rows of a long list are worth having in the page: those in view, and a few to either side. */
export function rowsInView(
  scrolled: number,
  height: number,
  rowPx: number,
  count: number,
): { first: number; last: number } {
  const first = Math.max(0, Math.floor(scrolled / rowPx) - 2);
  return { first, last: Math.min(count, Math.ceil((scrolled + height) / rowPx) + 2) };
}

/** Where to scroll so that a row is whole in view; where it is already, if it is. */
export function scrollTo(row: number, scrolled: number, height: number, rowPx: number): number {
  if (row * rowPx < scrolled) return row * rowPx;
  return (row + 1) * rowPx > scrolled + height ? (row + 1) * rowPx - height : scrolled;
}
