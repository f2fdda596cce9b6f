// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

/** The map of the lessons; a step of one is the tool `lesson`. */
export const tool: Tool = {
  id: 'lessons',
  title: 'Lessons',
  words: ['learn', 'course', 'tutorial', 'beginner', 'teach'],
  place: { name: 'lessons' },
  opens: 'instead',
  load: () => import('./Lessons.svelte'),
  command: { group: 'Scenario', label: 'Learn: the lessons', order: 5 },
  menus: [
    { in: 'bar', order: 5 },
    { in: 'file', order: 310 },
  ],
};
