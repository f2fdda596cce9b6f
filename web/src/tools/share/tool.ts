// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

/** Opened on what to begin with, see subject.ts. */
export const tool: Tool = {
  id: 'share',
  title: 'Share',
  words: ['copy', 'url'],
  keys: { press: 'Ctrl S', what: 'share' },
  opens: 'over',
  load: () => import('./Share.svelte'),
  command: { group: 'Scenario', label: 'Share a link', order: 10 },
  commands: () => import('./commands.ts'),
  menus: [{ in: 'bar', order: 90, primary: true }],
};
