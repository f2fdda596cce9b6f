// SPDX-License-Identifier: MIT
import { CHECK_IDS } from '#engine/kernel/checks.ts';
import type { Tool } from '../../app/tool.ts';

/** Opened on a check. */
export const tool: Tool = {
  id: 'check',
  title: 'Check',
  place: {
    name: 'check',
    part: {
      noun: 'check',
      example: 'length-zero',
      has: (part) => CHECK_IDS.some((id) => id === part && id !== 'none'),
    },
  },
  opens: 'over',
  load: () => import('./CheckPanel.svelte'),
  commands: () => import('./commands.ts'),
};
