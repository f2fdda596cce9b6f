// SPDX-License-Identifier: MIT
import { OTHERS_KEPT, OWN_KEPT, isOfFile, type PieceInfo } from './piece.ts';

/** Each text once, by its newest piece, the newest first; a text is own if any of its pieces is. */
export function onePerText(all: readonly PieceInfo[]): PieceInfo[] {
  const newest = new Map<string, PieceInfo>();
  for (const info of [...all].sort((a, b) => b.savedAt - a.savedAt)) {
    const same = newest.get(info.digest);
    // A living tab's text may be set aside too: the list shows what can be brought back.
    if (same === undefined) newest.set(info.digest, info);
    else if (info.own && !same.own) newest.set(info.digest, { ...same, own: true });
  }
  return [...newest.values()];
}

/**
 * Digests of the texts that are too many: the oldest, of own texts and of others apart. Texts that came out of a file,
 * and that no tab had, go before all that a tab had, whatever time the file says: the file has them still, and may
 * be anybody's.
 */
export function surplusOf(all: readonly PieceInfo[]): string[] {
  const ofTabs = new Set(all.flatMap((info) => (isOfFile(info) ? [] : [info.digest])));
  const texts = onePerText(all);
  const order = [
    ...texts.filter(({ digest }) => ofTabs.has(digest)),
    ...texts.filter(({ digest }) => !ofTabs.has(digest)),
  ];
  return [
    ...order.filter(({ own }) => own).slice(OWN_KEPT),
    ...order.filter(({ own }) => !own).slice(OTHERS_KEPT),
  ].map(({ digest }) => digest);
}

/** How many texts find room beside those that are kept, so that none of these has to go. */
export class Room {
  /** Each text, and whether it is own. */
  readonly #texts: Map<string, boolean>;
  readonly #aside: Set<string>;

  constructor(all: readonly PieceInfo[]) {
    this.#texts = new Map(onePerText(all).map(({ digest, own }) => [digest, own]));
    this.#aside = new Set(all.flatMap(({ kind, digest }) => (kind === 'aside' ? [digest] : [])));
  }

  /** Whether a text is set aside; what only a tab shows goes with its next key. */
  has(digest: string): boolean {
    return this.#aside.has(digest);
  }

  /** Whether there is room for a text, which it has from then on. */
  takes(digest: string, own: boolean): boolean {
    const before = this.#texts.get(digest);
    if (before !== true && before !== own) {
      const most = own ? OWN_KEPT : OTHERS_KEPT;
      const count = [...this.#texts.values()].filter((one) => one === own).length;
      if (count >= most) return false;
      this.#texts.set(digest, own);
    }
    this.#aside.add(digest);
    return true;
  }
}
