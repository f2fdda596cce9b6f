// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

export const tool: Tool = {
  id: 'revisions',
  title: 'About the revisions',
  words: ['mail', 'patch', 'version'],
  opens: 'over',
  load: () => import('./Revisions.svelte'),
  command: { group: 'Kernel', order: 20 },
  menus: [
    {
      in: 'revision',
      label: 'i',
      name: 'About the revisions',
      about: 'All revisions, their mails, and what each changed',
      order: 10,
      whereRoomy: true,
    },
  ],
};
