// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

export const tool: Tool = {
  id: 'notes',
  title: 'Notes',
  words: ['markdown', 'description'],
  opens: 'beside',
  load: () => import('./Notes.svelte'),
  command: { group: 'Scenario', order: 80 },
  menus: [{ in: 'file', order: 130 }],
};
