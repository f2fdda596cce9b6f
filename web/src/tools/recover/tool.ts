// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

export const tool: Tool = {
  id: 'recover',
  title: 'Earlier work',
  words: ['recover'],
  opens: 'over',
  takes: () => import('./take.ts'),
  load: () => import('./Recover.svelte'),
  command: { group: 'Scenario', label: 'Bring back earlier work', order: 90 },
  menus: [{ in: 'file', label: 'Bring back earlier work…', order: 50 }],
};
