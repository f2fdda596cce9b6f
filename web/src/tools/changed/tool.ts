// SPDX-License-Identifier: MIT
import { changedSubject } from '#engine/view/changed-subject.ts';
import type { Tool } from '../../app/tool.ts';

/** Opened on a function of the core and two revisions, or on none. */
export const tool: Tool = {
  id: 'changed',
  title: 'What changed here',
  words: ['source', 'function', 'code', 'revisions', 'diff', 'side by side'],
  place: {
    name: 'changed',
    part: {
      noun: 'function or pair of revisions',
      example: 'fuse_iomap_begin_validate?from=v6-04&to=late',
      has: (part) => changedSubject(part) !== null,
      optional: true,
    },
  },
  opens: 'over',
  load: () => import('./Changed.svelte'),
  command: { group: 'Kernel', label: 'What changed between two revisions, as code', order: 22 },
};
