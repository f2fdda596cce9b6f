// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';
import { checkSubject } from '#engine/view/check-subject.ts';

/** Opened on a check, and with `?rev=` on its smallest refused case on a revision. */
export const tool: Tool = {
  id: 'check',
  title: 'Check',
  place: {
    name: 'check',
    part: {
      noun: 'check',
      example: 'length-zero',
      has: (part) => checkSubject(part) !== null,
    },
  },
  opens: 'over',
  load: () => import('./CheckPanel.svelte'),
  commands: () => import('./commands.ts'),
};
