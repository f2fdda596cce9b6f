// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

export const tool: Tool = {
  id: 'compare',
  title: 'Compare',
  words: ['matrix', 'difference', 'patch', 'side by side', 'two scenarios'],
  place: { name: 'compare' },
  opens: 'over',
  load: () => import('./Compare.svelte'),
  command: { group: 'Scenario', label: 'Compare revisions', order: 60 },
  commands: () => import('./commands.ts'),
  menus: [
    { in: 'bar', order: 20, whereRoomy: true },
    { in: 'file', order: 210 },
  ],
};
