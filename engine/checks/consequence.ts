// SPDX-License-Identifier: MIT

/**
 * A row for each sentence, the most severe first. tests/property/sentence-claims.ts compares each with I/O that is run.
 * `tone`: `bad`, the I/O fails; `warn`, it succeeds, with bytes that may not be the intended ones; `note`, it does no
 * harm. `but`: how the headline goes on after `Accepted, but`; `{it}` stands for what each sentence puts there.
 */
const ROWS = {
  oops: { tone: 'bad', but: 'the kernel would oops' },
  undefined: { tone: 'bad', but: 'what I/O does is undefined' },
  fails: { tone: 'bad', but: 'the {it} fails' },
  'step-fault': { tone: 'bad', but: 'its device fails' },
  short: { tone: 'bad', but: 'the {it} is cut short' },
  'writeback-fails': { tone: 'bad', but: 'writing it back fails' },
  'other-file': { tone: 'warn', but: "the bytes are another file's" },
  dropped: { tone: 'warn', but: 'the bytes are not the ones meant' },
  'past-device': { tone: 'warn', but: '{it}' },
  uncopied: { tone: 'warn', but: 'old bytes of the device stay beside the write' },
  'old-rest-zeroed': { tone: 'warn', but: 'bytes beside the write become zeros' },
  stale: { tone: 'warn', but: 'old bytes of the device may show' },
  'writeback-lost': { tone: 'warn', but: 'the bytes may be lost' },
  'writeback-delalloc': { tone: 'warn', but: 'writing it back may fail' },
  'read-only': { tone: 'warn', but: 'the device is read-only' },
  'zeros-around': { tone: 'note', but: null },
} as const satisfies Record<string, { tone: 'bad' | 'warn' | 'note'; but: string | null }>;

/** What a sentence claims. */
export type ConsequenceId = keyof typeof ROWS;

/** All of them, the most severe first. */
export const CONSEQUENCES = Object.keys(ROWS) as ConsequenceId[];

/**
 * What happens to I/O on an accepted mapping, which no check can tell. The core found it by trying the I/O
 * (engine/run/foresee.ts); this file has the words for it.
 */
export interface Consequence {
  id: ConsequenceId;
  tone: 'bad' | 'warn' | 'note';
  /** One sentence. */
  text: string;
  /** How a verdict goes on that it casts doubt on: `Accepted, but` this. Null: it casts none. */
  but: string | null;
  /** The errno that the I/O fails with; null if it does not. */
  error: number | null;
  /** The kernel would crash. */
  oops: boolean;
}

/** @param it what stands in the row's `{it}` */
export function says(
  id: ConsequenceId,
  text: string,
  { it = '', error = null as number | null } = {},
): Consequence {
  const { tone, but } = ROWS[id];
  return { id, tone, text, but: but?.replace('{it}', it) ?? null, error, oops: id === 'oops' };
}

/** The most severe first; of the same kind, in the given order. */
export const byWeight = (all: readonly Consequence[]): Consequence[] =>
  [...all].sort((a, b) => CONSEQUENCES.indexOf(a.id) - CONSEQUENCES.indexOf(b.id));

/** The most severe one that casts doubt on the verdict; null if none does. */
export const worstOf = (all: readonly Consequence[]): Consequence | null =>
  byWeight(all).find(({ but }) => but !== null) ?? null;

/** The headline of a call that went well, with the worst that is known to follow: `Accepted, but the read fails`. */
export function doubted(headline: string, all: readonly Consequence[]): string {
  const worst = worstOf(all);
  return worst === null ? headline : `${headline}, but ${worst.but}`;
}
