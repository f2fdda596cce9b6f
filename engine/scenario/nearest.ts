// SPDX-License-Identifier: MIT
/** Longer words are not typing slips, and must not cost time. */
const MAX_CHARS = 40;
/** What the kernel puts before names of these tables. */
const PREFIX = /^(?:FUSE_)?IOMAP_(?:OP|TYPE|F|IOEND)_/;

/**
 * The candidate that `word` was probably meant to be, or undefined if none is near: the same but for case or a
 * kernel prefix (`FUSE_IOMAP_TYPE_MAPPED`), or a few slips away (one for each three letters).
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > MAX_CHARS) return undefined;
  const whole = word.toUpperCase();
  const bare = whole.replace(PREFIX, '');
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const upper = candidate.toUpperCase();
    if (whole === upper || whole.endsWith(`_${upper}`)) return candidate;
    const wanted = PREFIX.test(upper) ? whole : bare;
    const most = Math.min(bestDistance - 1, Math.max(1, Math.floor(wanted.length / 3)));
    if (Math.abs(upper.length - wanted.length) > most) continue;
    const distance = editDistance(wanted, upper);
    if (distance <= most) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** ` Did you mean "x"?` with its leading blank, or nothing. */
export function didYouMean(word: unknown, candidates: Iterable<string>): string {
  const near = typeof word === 'string' ? nearest(word, candidates) : undefined;
  return near === undefined ? '' : ` Did you mean ${JSON.stringify(near)}?`;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, before[j - 2]! + 1);
      }
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
