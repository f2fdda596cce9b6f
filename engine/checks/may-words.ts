// SPDX-License-Identifier: MIT
/** The checks that came in May 2026, in fs/fuse/fuse_iomap.c. Loaded after the first verdict. */

import { FUSE_IOMAP_TYPE, IOMAP_OP, flagNames } from '../kernel/names.ts';
import { words } from './entry.ts';
import { address, hex, named, num } from './format.ts';

const type = (value: bigint) => named(FUSE_IOMAP_TYPE, value);
const ops = (value: bigint) => flagNames(IOMAP_OP, Number(value)).join('|');

export const MAY_WORDS = {
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
