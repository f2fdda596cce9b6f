// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

export const tool: Tool = {
  id: 'server',
  title: 'Server',
  words: ['code', 'typescript', 'callbacks', 'sandbox', 'log', 'state', 'fuse server'],
  place: { name: 'server' },
  opens: 'beside',
  load: () => import('./Server.svelte'),
  command: { group: 'Scenario', label: 'Code of the server', order: 85 },
  menus: [{ in: 'file', label: 'Code of the server', order: 140 }],
};
