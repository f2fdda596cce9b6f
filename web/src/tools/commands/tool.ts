// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

export const tool: Tool = {
  id: 'commands',
  title: 'Commands',
  keys: { press: 'Ctrl K', what: 'all commands' },
  opens: 'over',
  load: () => import('./Commands.svelte'),
  commands: () => import('./commands-of-page.ts'),
  menus: [{ in: 'bar', order: 30, withKeys: true }],
};
