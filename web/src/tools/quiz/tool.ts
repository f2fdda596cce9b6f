// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

/** Opened on the number of a run, or on none. */
export const tool: Tool = {
  id: 'quiz',
  title: 'Quiz',
  words: ['guess', 'test', 'learn', 'practise', 'accepted', 'refused'],
  place: {
    name: 'quiz',
    part: {
      noun: 'run of the quiz',
      example: '1',
      has: (part) => /^[1-9][0-9]{0,8}$/.test(part),
      optional: true,
    },
  },
  opens: 'instead',
  load: () => import('./Quiz.svelte'),
  command: { group: 'Scenario', label: 'Quiz: accepted or refused?', order: 7 },
  menus: [{ in: 'file', order: 330 }],
};
