// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

export const tool: Tool = {
  id: 'core-edit',
  title: 'Change the core',
  words: ['edit', 'source', 'code', 'compile', 'diff'],
  place: { name: 'edit' },
  opens: 'over',
  load: () => import('./OpenCoreEdit.svelte'),
  command: { group: 'Kernel', order: 10 },
  linkOpened: (app, { edit }) => {
    if (edit) void import('./offer.ts').then(({ offerEdit }) => offerEdit(app, edit));
  },
};
