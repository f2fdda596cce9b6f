// SPDX-License-Identifier: MIT
import { DEFAULT_REVISION, REVISIONS, type Revision } from '../kernel/features.ts';
import { has, type Feature } from '../kernel/has-feature.ts';
import { FUSE_IOMAP_TYPE } from '../kernel/names.ts';
import type { WireMapping } from '../run/types.ts';
import { parseNumeral } from '../scenario/integers.ts';
import { field, flagWords, type TraceEvent } from './trace-events.ts';

const { RETRY_CACHE, NOCACHE, PURE_OVERWRITE } = FUSE_IOMAP_TYPE;
const WRITEBACK_OF_MAY = 0x800;
const FIND_DEV = 'fuse_iomap_find_dev';
const FIND_BDEV = 'fuse_iomap_find_bdev';

/** The functions that look a device up, by all names that they have had. */
export const LOOKS_UP_DEVICES: readonly (string | null)[] = [FIND_DEV, FIND_BDEV];

/** A revision that has the words of a trace, and why it was chosen, in a sentence; null where the default has them all. */
export interface TraceRevision {
  revision: Revision;
  why: string;
}

/** Whether a mapping sends the kernel to its mapping cache, or keeps it from there. */
export const isOfCache = (map: WireMapping | null): boolean =>
  map?.type === RETRY_CACHE || map?.type === NOCACHE;

/** What a line has that not every revision prints: how it is told, and which revisions print it. */
interface Sign {
  words: string;
  fits: (revision: Revision) => boolean;
}

/** What the words of a trace say about the revision that printed them; each sign once. */
function signsOf(events: readonly TraceEvent[]): Sign[] {
  const signs = new Map<string, Sign>();
  const add = (words: string, fits: Sign['fits']) => signs.set(words, { words, fits });
  for (const event of events) {
    const type = field(event, 'type');
    if (type === 'retry' || type === 'nocache')
      add('types of the mapping cache', withFeature('HAS_MAPPING_CACHE'));
    // By number: this kernel has no name for it.
    if (isNumber(type, PURE_OVERWRITE)) add('type 255 as a number', withFeature('NUMBERS_OF_MAY'));
    const ops = flagWords(event, 'opflags') ?? [];
    // Older tables have the name too, but no request there has the flag; in the plumbing of May 2026 it is the reverse.
    if (ops.includes('writeback'))
      add('requests with op flag writeback', (one) => has(one, 'WRITEBACK_HAS_OP') && !numbersWriteback(one));
    if (ops.some((word) => isNumber(word, WRITEBACK_OF_MAY)))
      add('op flag writeback as a number', numbersWriteback);
    if (ops.includes('swapfile')) add('op flag swapfile', withFeature('HAS_MAPPING_CACHE'));
    const func = field(event, 'func');
    if (func === FIND_BDEV) add(`function ${FIND_BDEV}`, withFeature('TESTS_ACCESS_MODE'));
    if (func === FIND_DEV) add(`function ${FIND_DEV}`, without('TESTS_ACCESS_MODE'));
    if (event.name !== 'backing_open') continue;
    if (field(event, 'id') !== undefined) add('word id in fuse_backing_open', withFeature('LOWEST_FREE_ID'));
    else if (field(event, 'idx') !== undefined)
      add('word idx in fuse_backing_open', without('LOWEST_FREE_ID'));
  }
  return [...signs.values()];
}

const withFeature = (feature: Feature) => (revision: Revision) => has(revision, feature);
const without = (feature: Feature) => (revision: Revision) => !has(revision, feature);
/** Bit 11 stands as a number where the op is in the numbering of May 2026 and its name came with the cache. */
const numbersWriteback = (revision: Revision): boolean =>
  has(revision, 'NUMBERS_OF_MAY') && !has(revision, 'TRIES_CACHE');
const isNumber = (word: string | undefined, number: number): boolean =>
  word !== undefined && parseNumeral(word) === BigInt(number);

/**
 * The first revision that prints all of these words, and which others do; null where the default does, or none: then
 * the words of two kernels stand beside each other.
 */
export function revisionOfTrace(events: readonly TraceEvent[]): TraceRevision | null {
  const signs = signsOf(events);
  const fit = (revision: Revision) => signs.every(({ fits }) => fits(revision));
  const [revision, ...others] = REVISIONS.filter(fit);
  if (revision === undefined || fit(DEFAULT_REVISION)) return null;
  const words = signs.filter(({ fits }) => !fits(DEFAULT_REVISION)).map((sign) => sign.words);
  const too =
    others.length === 0 ? '' : ` ${others.join(' and ')} ${others.length === 1 ? 'has' : 'have'} it too.`;
  return {
    revision,
    why: `${DEFAULT_REVISION} does not have the ${words.join(' and the ')} in these lines: it opens on ${revision}.${too}`,
  };
}
