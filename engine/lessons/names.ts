// SPDX-License-Identifier: MIT
/** The lessons in their order, which gives them their numbers. Addresses and kept progress name them: append only. */
export const LESSONS = [
  'holes-and-mapped',
  'whole-blocks',
  'devices-and-ids',
  'addr-and-the-end',
  'two-slots',
  'page-cache',
  'allocating',
  'copy-on-write',
  'errors',
  'reading-a-patch',
  'arguing-a-rule',
  'on-the-wire',
] as const;

export type LessonId = (typeof LESSONS)[number];
