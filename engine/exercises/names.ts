// SPDX-License-Identifier: MIT
/** The exercises in their order within a difficulty. Addresses and kept progress name them: append only. */
export const EXERCISES: readonly string[] = [
  // About a check, each named by it, in the order of the checks.
  'type-unknown',
  'flags-unknown',
  'length-zero',
  'offset-unaligned',
  'length-unaligned',
  'file-range-overflow',
  'offset-past-maxbytes',
  'dev-missing',
  'addr-missing',
  'dev-forbidden',
  'addr-forbidden',
  'overwrite-on-read',
  'device-range-overflow',
  'read-after-pos',
  'write-after-pos',
  'read-before-pos',
  'write-before-pos',
  'dev-not-found',
  'ioctl-no-connection',
  'ioctl-unknown',
  'open-not-built',
  'open-copy',
  'open-type-unknown',
  'open-not-permitted',
  'open-flags',
  'open-padding',
  'open-badfd',
  'open-may-open',
  'open-nomem',
  'open-id',
  'close-not-built',
  'close-copy',
  'close-badid',
  'close-noent',
  'close-not-permitted',
  'close-busy',
  'passthrough-badid',
  'passthrough-noent',
  'reply-short-header',
  'reply-length',
  'reply-error-range',
  'reply-unique',
  'reply-error-payload',
  'reply-size',
  // About what comes of an answer.
  'the-other-disk',
  'next-open-seven',
  'short-read-no-error',
  'old-bytes-in-a-file',
  'may-refuses-leftovers',
  'may-never-asks',
  'read-only-descriptor',
  'fsync-lies',
  'two-files-one-place',
  'seek-data',
  'one-extent',
  'unshare-nothing',
  'end-of-a-read',
  'bmap-block',
  'asked-past-the-end',
  'sectors-of-4096',
  'bogus-write-slot',
  'ioend-unheard',
  'two-backings',
  'cow-zeros',
  'bad-sector',
  'who-hears-of-growth',
  'may-takes-a-number',
  'half-written',
  'unwritten-in-the-cache',
  'lazy-umount',
  'atomic-block',
  'no-place-yet',
  'the-gap',
];

/** Whether the last part of an address is an exercise by itself, and not the name of one. */
export const isLinked = (part: string): boolean => /^[0-9]/.test(part);

/** Characters after an address that are looked at: a link has at most 65,536, and a mail adds its quote marks. */
const MOST_CHARS = 131_072;
const PLACE = '#/exercise/';
const HEAD_AND_BODY = /^([0-9]{1,7}\.([0-9]{1,7})\.)([\w-]*)/;

/**
 * The last part of the first address of an exercise in a text, also of one that a mail wrapped and quoted; null if
 * there is none.
 */
export function partIn(text: string): string | null {
  const at = text.indexOf(PLACE);
  if (at < 0) return null;
  const rest = text.slice(at + PLACE.length, at + PLACE.length + MOST_CHARS);
  const name = /^[a-z][a-z0-9-]*/.exec(rest)?.[0];
  if (name !== undefined) return EXERCISES.includes(name) ? name : null;
  const [, head, chars, body] = HEAD_AND_BODY.exec(rest.replace(/=?\r?\n[> \t]*/g, '')) ?? [];
  // What follows in the text is not part of it: the head says how long it is, and two characters check it.
  return head === undefined ? null : head + body!.slice(0, Number(chars) + 2);
}
