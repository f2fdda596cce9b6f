// SPDX-License-Identifier: MIT
/**
 * The checks that came in May 2026, in fs/fuse/fuse_iomap.c, and the one whose words tell of the numbers that changed
 * then. Loaded after the first verdict.
 */

import { opNames, typeNumber } from '../kernel/codes.ts';
import type { Revision } from '../kernel/features.ts';
import { has } from '../kernel/has-feature.ts';
import { grouped } from '../kernel/digits.ts';
import { FUSE_IOMAP_TYPE } from '../kernel/names.ts';
import { numberingOf, otherMeaning } from '../kernel/numbering.ts';
import { words } from './entry.ts';
import { address, hex, named, num } from './format.ts';

const type = (value: bigint) => named(FUSE_IOMAP_TYPE, value);
/** ` 255 was PURE_OVERWRITE until May 2026.`: of a number that another revision has a name for. */
function renumbered(number: number, revision: Revision): string {
  const other = otherMeaning(number);
  if (other === null || other.since === has(revision, 'NUMBERS_OF_MAY')) return '';
  return other.since
    ? ` ${grouped(number)} is ${other.name} from May 2026 on.`
    : ` ${grouped(number)} was ${other.name} until May 2026.`;
}

const ops = (value: bigint) => opNames(Number(value)).join('|');

export const MAY_WORDS = {
  'type-unknown': words(
    'type known',
    ([t], m) => `${m}.type ${type(t)} is not a known type`,
    ([t], m, { kernel: { revision } }) => {
      const { typeOf } = numberingOf(revision);
      const numbered = (name: 'NOCACHE' | 'RETRY_CACHE' | 'PURE_OVERWRITE') =>
        `${name} (${typeOf(FUSE_IOMAP_TYPE[name])})`;
      return (
        `The ${m} mapping has type ${type(t)}. This kernel knows HOLE, DELALLOC, MAPPED, UNWRITTEN, INLINE (0 to 4)` +
        (has(revision, 'HAS_MAPPING_CACHE') ? `, ${numbered('NOCACHE')}, ${numbered('RETRY_CACHE')}` : '') +
        ` and ${numbered('PURE_OVERWRITE')}.${renumbered(typeNumber(Number(t)), revision)}`
      );
    },
  ),
  'overwrite-flags': words(
    'no flags',
    ([flags], m) => `${m}.flags ${hex(flags)} != 0`,
    ([flags], m) =>
      `The ${m} mapping is PURE_OVERWRITE, which says nothing but "use the read mapping", but its flags are ${hex(flags)}. They must be 0.`,
  ),
  'overwrite-dev': words(
    'no dev',
    ([dev], m) => `${m}.dev ${num(dev)} != DEV_NULL`,
    ([dev], m) =>
      `The ${m} mapping is PURE_OVERWRITE, whose device is that of the read mapping, but it names dev ${num(dev)}. It must be DEV_NULL (0).`,
  ),
  'overwrite-addr': words(
    'no addr',
    ([addr], m) => `${m}.addr ${address(addr)} != NULL_ADDR`,
    ([addr], m) =>
      `The ${m} mapping is PURE_OVERWRITE, whose place is that of the read mapping, but its addr is ${address(addr)}` +
      `${addr === 0n ? ', and 0 is a real address' : ''}. It must be NULL_ADDR.`,
  ),
  'cache-type-flags': words(
    'no flags',
    ([flags], m) => `${m}.flags ${hex(flags)} != 0`,
    ([flags, t], m) =>
      `The ${m} mapping is ${type(t)}, which maps nothing, but its flags are ${hex(flags)}. They must be 0.`,
  ),
  'cache-type-dev': words(
    'no dev',
    ([dev], m) => `${m}.dev ${num(dev)} != DEV_NULL`,
    ([dev, t], m) => `The ${m} mapping is ${type(t)}, which lies on no device, but it names dev ${num(dev)}.`,
  ),
  'cache-type-addr': words(
    'no addr',
    ([addr], m) => `${m}.addr ${address(addr)} != NULL_ADDR`,
    ([addr, t], m) =>
      `The ${m} mapping is ${type(t)}, which has no address, but its addr is ${address(addr)}. It must be NULL_ADDR.`,
  ),
  'retry-uncached-op': words(
    'no retry',
    ([t, op], m) => `${m}.type ${type(t)}, and op ${ops(op)} is never cached`,
    ([, op]) =>
      `The read mapping is RETRY_CACHE, but the operation is ${ops(op)}: REPORT, ATOMIC and SWAPFILE are never answered from the cache.`,
  ),
  'atomic-not-mapped': words(
    'mapped for atomic',
    ([t], m) => `${m}.type ${type(t)} is not MAPPED or UNWRITTEN`,
    ([t], m) =>
      `The write is ATOMIC and goes to the ${m} mapping, which is ${type(t)}. It needs a place on a device: MAPPED or UNWRITTEN.`,
  ),
  'atomic-no-flag': words(
    'ATOMIC_BIO set',
    ([flags, wanted], m) => `!(${m}.flags ${hex(flags)} & ${hex(wanted)})`,
    ([flags], m) =>
      `The write is ATOMIC and goes to the ${m} mapping, whose flags ${hex(flags)} lack ATOMIC_BIO: the server does not say that the device can do it.`,
  ),
  'inline-past-mapping': words(
    'within the mapping',
    ([end, mapEnd]) => `pos + written ${num(end)} > mapping end ${num(mapEnd)}`,
    ([end, mapEnd]) =>
      `The write ends at byte ${num(end)}, and the inline mapping at ${num(mapEnd)}. Its buffer has nothing to write back from there on.`,
  ),
  'inline-written-more': words(
    'written as asked',
    ([written, asked]) => `written ${num(written)} > ${num(asked)}`,
    ([written, asked]) =>
      `The server was asked to store ${num(asked)} bytes of inline data, and says that it stored ${num(written)}.`,
  ),
} as const;
