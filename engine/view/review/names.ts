// SPDX-License-Identifier: MIT
/**
 * The cases of the review table by name. Mails link to `#/review/NAME`, so a name stays for ever: append only.
 * The names alone, for whoever asks whether there is such a case; what a case is stands in cases.ts.
 */
export const REVIEW_NAMES = [
  'overwrite-slot',
  'retry-twice',
  'two-numberings',
  'end-addr-dev',
  'shrinking-size',
  'reply-size',
  'same-device-twice',
  'enosys-direct',
  'failed-write',
  'inline-too-long',
  'freed-ids',
  'one-id-one-use',
  'id-bound',
  'type-check-shape',
  'static-server',
  'upcalls',
  'read-only-fd',
  'written-width',
] as const;

export type ReviewName = (typeof REVIEW_NAMES)[number];
