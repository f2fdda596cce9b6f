// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

export const tool: Tool = {
  id: 'examples',
  title: 'Examples',
  words: ['gallery'],
  opens: 'over',
  load: () => import('./Examples.svelte'),
  command: { group: 'Scenario', label: 'Browse the examples', order: 50 },
  commands: () => import('./commands.ts'),
  menus: [{ in: 'bar', order: 10 }],
};
