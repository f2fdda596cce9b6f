// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

export const tool: Tool = {
  id: 'keys',
  title: 'Keyboard',
  words: ['shortcuts', 'help'],
  keys: { press: '?', what: 'these keys' },
  opens: 'over',
  load: () => import('./Keys.svelte'),
  command: { group: 'View' },
  menus: [{ in: 'file', order: 90 }],
};
