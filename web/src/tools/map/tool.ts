// SPDX-License-Identifier: MIT
import { axesOf } from '#engine/map/fields.ts';
import type { Tool } from '../../app/tool.ts';

/** Opened on two fields, `read.offset,read.length`, or on those that were shown last. */
export const tool: Tool = {
  id: 'map',
  title: 'Acceptance map',
  words: ['picture', 'vary', 'two fields', 'which check', 'boundaries', 'plot', 'difference'],
  place: {
    name: 'map',
    part: {
      noun: 'pair of fields',
      example: 'read.offset,read.length',
      has: (part) => axesOf(part) !== null,
      optional: true,
    },
  },
  opens: 'instead',
  load: () => import('./MapView.svelte'),
  command: { group: 'Scenario', label: 'Acceptance map: which replies would the kernel take?', order: 66 },
  menus: [{ in: 'file', label: 'Acceptance map', order: 230 }],
};
