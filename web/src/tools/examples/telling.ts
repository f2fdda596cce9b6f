// SPDX-License-Identifier: MIT
import { at, isObject } from '#engine/scenario/path.ts';

/**
 * Where an example is not told best by the first step that is expected to fail: it fails in silence, or nothing
 * fails and one of its steps is what it is about. Indexes of steps, by the name of the example.
 */
const STEPS: Readonly<Record<string, number>> = {
  'io-addr-misaligned': 1,
  'io-bmap': 1,
  'io-buffered-write-two-mappings': 1,
  'io-cow-ioend': 2,
  'io-fiemap-last': 1,
  'io-lost-writeback': 2,
  'io-mapping-past-device': 1,
  'io-refused-ioend': 2,
  'io-stale-data-leak': 2,
  'io-unshare': 1,
  'io-unwritten-writeback': 1,
};

/** The step that an example opens at. */
export function tellingStep(name: string, steps: unknown): number {
  if (!Array.isArray(steps)) return 0;
  const known = STEPS[name];
  if (known !== undefined) return known;
  const failing = steps.findIndex((step) => fails(at(step, ['expect', 'ret'])));
  if (name.startsWith('io-') && failing >= 0) return failing;
  const last = steps.findLastIndex((step) => isObject(step) && ('expect' in step || 'expectOn' in step));
  return Math.max(0, last < 0 ? steps.length - 1 : last);
}

const fails = (ret: unknown) =>
  typeof ret === 'bigint' ? ret < 0n : typeof ret === 'string' && (ret.startsWith('-') || ret === 'oops');
