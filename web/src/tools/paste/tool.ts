// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

/** Opened on a text that was pasted already, or on none. */
export const tool: Tool = {
  id: 'paste',
  title: 'Paste anything',
  words: ['import', 'card', 'trace', 'hexdump', 'patch', 'link'],
  browserKeys: 'Ctrl V',
  opens: 'over',
  load: () => import('./Paste.svelte'),
  command: { group: 'Mail', order: 10 },
  menus: [{ in: 'file', label: 'Paste anything…', order: 30 }],
};
