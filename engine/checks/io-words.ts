// SPDX-License-Identifier: MIT
import { isUnknown, unknownWords, type Unknown } from '../kernel/unknown.ts';
import type {
  BioEvent,
  CallWarn,
  IoNoteEvent,
  IoNoteId,
  OriginId,
  OtherEvent,
  WarnEvent,
  WarnId,
} from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { count, num } from './format.ts';

/** The name of the n-th device of a scenario, from 1, as the core counts them. */
function deviceName(number: bigint, { devices }: Scenario): string {
  return Object.keys(devices)[Number(number) - 1] ?? 'the device';
}

type Words = (event: WarnEvent, scenario: Scenario) => string;

/** What each warning of the I/O path means, in one sentence. */
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

/** A record of a kind that has no name here, in one sentence. */
export const otherSentence = ({ record }: OtherEvent): string =>
  `The core recorded something: ${unknownWords('kind of record', record)}.`;

/** What became of a direct request before any device was asked, in one sentence. */
export function noteSentence({ note, a, b }: IoNoteEvent, scenario: Scenario): string {
  return isUnknown(note)
    ? `The core reports a reason: ${unknownWords('reason', note)}.`
    : NOTES[note](a, b, scenario);
}

const NOTES: Readonly<Record<IoNoteId, (a: bigint, b: bigint, scenario: Scenario) => string>> = {
  'dio-unaligned': (a, b) =>
    `Direct I/O is done in logical blocks of the device: ${num(a)} is not a multiple of ${num(b)}, so -EINVAL.`,
  'dio-torn': (a, b) => `An atomic write of ${count(b, 'byte')} was given a mapping of ${num(a)}: -EINVAL.`,
  'dio-fell-back': (a, b) =>
    a === 0n
      ? 'Direct I/O was not possible, so the page cache serves the request; what it writes stays there, dirty.'
      : `After ${count(a, 'byte')} direct I/O was not possible. The page cache serves the rest of the buffer, but at ` +
        `position ${num(b)}, where the request began: the bytes are not the ones that were meant.`,
  'bio-not-atomic': (a, b, scenario) =>
    `ATOMIC_BIO makes the request at sector ${num(b)} an atomic one, and ${deviceName(a, scenario)} has none: -EINVAL.`,
};

const ORIGINS: Readonly<Record<OriginId, string>> = {
  hole: 'zeros of a hole',
  unwritten: 'zeros of an unwritten extent',
  new: 'zeros, since the blocks are NEW',
  'past-eof': 'zeros, past the end of the file',
  delalloc: 'zeros of a delayed allocation',
  zeroed: 'zeros, on request',
  written: 'written before',
  cache: 'from the page cache',
  dropped: 'dropped',
  'not-written': 'not written',
};

/** Where bytes come from, as a part of a sentence: `zeros of a hole`. */
export function originWords(
  origin: 'device' | OriginId | Unknown,
  device: string | null,
  sector: bigint | null,
): string {
  if (isUnknown(origin)) return unknownWords('origin', origin);
  return origin === 'device' ? `from sector ${num(sector ?? 0n)} of ${device ?? '?'}` : ORIGINS[origin];
}

/** `read`, `write`: what a request to a device asks for. */
export const opWords = (op: BioEvent['op']): string => (isUnknown(op) ? unknownWords('operation', op) : op);

/** `4096 bytes`. */
export const bytesText = (lengthBytes: bigint | number): string => count(BigInt(lengthBytes), 'byte');
