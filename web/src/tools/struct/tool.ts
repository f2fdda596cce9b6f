// SPDX-License-Identifier: MIT
import { isStruct } from '#engine/view/struct-layouts.ts';
import type { Tool } from '../../app/tool.ts';

/** Opened on a struct of the wire, or on the list of all of them. */
export const tool: Tool = {
  id: 'struct',
  title: 'Structs of the wire',
  words: ['reference', 'bytes', 'layout', 'uapi', 'header', 'fields', 'offsets', 'members'],
  place: {
    name: 'struct',
    part: {
      noun: 'struct',
      example: 'fuse_iomap_io',
      has: isStruct,
      optional: true,
    },
  },
  opens: 'instead',
  load: () => import('./Struct.svelte'),
  command: { group: 'View', label: 'Reference: structs of the wire, byte by byte' },
  commands: () => import('./commands.ts'),
};
