// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

/** The list of the exercises; one of them is the tool `exercise`. */
export const tool: Tool = {
  id: 'exercises',
  title: 'Exercises',
  words: ['practise', 'practice', 'task', 'puzzle', 'learn', 'teach'],
  place: { name: 'exercises' },
  opens: 'instead',
  load: () => import('./Exercises.svelte'),
  command: { group: 'Scenario', label: 'Practise: the exercises', order: 6 },
  menus: [{ in: 'file', order: 320 }],
};
