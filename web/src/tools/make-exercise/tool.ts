// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

/** Makes an exercise of the scenario in the page, as a link. */
export const tool: Tool = {
  id: 'make-exercise',
  title: 'Make an exercise',
  words: ['teacher', 'teach', 'class', 'task', 'puzzle'],
  place: { name: 'make-exercise' },
  opens: 'over',
  load: () => import('./MakeExercise.svelte'),
  command: { group: 'Scenario', label: 'Make an exercise of this scenario', order: 8 },
  menus: [{ in: 'file', order: 340, label: 'Make an exercise…' }],
};
