// SPDX-License-Identifier: MIT
/** Words whose entry has a picture, by which of them it is. */
export const PICTURES: Readonly<Record<string, 'copy' | 'place'>> = {
  srcmap: 'copy',
  'copy-on-write': 'copy',
  'out-of-place': 'copy',
  mapping: 'place',
  addr: 'place',
  offset: 'place',
  mapped: 'place',
};

export const hasPicture = (id: string): boolean => Object.hasOwn(PICTURES, id);
