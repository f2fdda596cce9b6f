// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

export const tool: Tool = {
  id: 'help',
  title: 'Help',
  words: ['introduction', 'keyboard', 'shortcuts', 'keys', 'licence', 'build', 'about', 'docs', 'learn'],
  keys: { press: '?', what: 'help, with these keys' },
  place: { name: 'help' },
  opens: 'over',
  load: () => import('./Help.svelte'),
  command: { group: 'View', order: 1 },
  menus: [
    { in: 'revision', label: '?', name: 'Help', about: 'What this is, words, keys, documents', order: 20 },
    { in: 'file', order: 410 },
  ],
};
