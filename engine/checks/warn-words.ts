// SPDX-License-Identifier: MIT
import { isUnknown, unknownWords } from '../kernel/unknown.ts';
import type { CallWarn, WarnEvent, WarnId } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { deviceName, num } from './format.ts';

type Words = (event: WarnEvent, scenario: Scenario) => string;

/** What each warning of the I/O path means, in one sentence; run/tracepoints.ts has the log lines of the others. */
const WARNS: Readonly<Record<Exclude<WarnId, CallWarn>, Words>> = {
  'bio-end-of-device': ({ a, b }, scenario) =>
    `A request at sector ${num(b)} ends past the end of ${deviceName(a, scenario)}: it fails as a whole, with -EIO.`,
  'bio-read-only': ({ a }, scenario) =>
    `${deviceName(a, scenario)} is read-only: the block layer warns, and writes all the same.`,
  'bio-unaligned': ({ a, b }, scenario) =>
    `A request at sector ${num(b)} is not aligned to the logical blocks of ${deviceName(a, scenario)}: -EIO.`,
  'iter-offset': () => 'The mapping begins after the requested position.',
  'iter-empty': () => 'The mapping is empty.',
  'iter-end': () => 'The mapping ends before the requested position.',
  'iter-stale': () => 'The mapping came with the STALE flag set.',
  'dio-hole-write': ({ a }) =>
    `A direct write at ${num(a)} was given a HOLE, which has no blocks to write to: -EIO.`,
  'dio-delalloc': ({ a }) =>
    `Direct I/O at ${num(a)} met a DELALLOC mapping, as in a collision with buffered writes: -EIO.`,
  'dio-inline': ({ a }) =>
    `Direct I/O at ${num(a)} met inline data, of which these revisions set up none: -EIO.`,
  'dio-type': ({ a }) => `Direct I/O at ${num(a)} met a mapping of a type that it doesn't know: -EIO.`,
  'inline-offset': ({ a }) => `Inline data at ${num(a)} does not begin where the file does: -EIO.`,
  'inline-size': ({ a, b }) =>
    `The file goes on for ${num(a)} bytes where its inline mapping begins, and the mapping is ${num(b)} long: -EIO.`,
  'zero-past-eof': ({ a }) => `Zeroing at ${num(a)} reached pages past the end of the file.`,
  'unshare-zeroing': ({ a }) => `Unsharing at ${num(a)} found nothing to read from: -EIO.`,
  'writeback-inline': ({ a }) => `Writing back at ${num(a)} met an INLINE mapping: -EIO.`,
  'writeback-delalloc': ({ a }) =>
    `Writing back at ${num(a)} met a DELALLOC mapping: -EIO (kernels before March 2026 crash).`,
  'writeback-anon': ({ a }) =>
    `A request of writeback for position ${num(a)} was to be submitted while the mapping in hand has ANON_WRITE, ` +
    'and so no place: nothing of it is written, -EIO.',
};

/** A warning in one sentence; its name for one that I/O does not print. */
export function warnSentence(event: WarnEvent, scenario: Scenario): string {
  const { warn } = event;
  if (isUnknown(warn)) return `The kernel warns: ${unknownWords('warning', warn)}.`;
  return isOfIo(warn) ? WARNS[warn](event, scenario) : `The kernel warns: ${warn}.`;
}

const isOfIo = (warn: WarnId): warn is Exclude<WarnId, CallWarn> => warn in WARNS;
