// SPDX-License-Identifier: MIT
import { CHECKS } from '#engine/kernel/checks.ts';
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
      has: (part) => CHECKS.some((id) => id === part),
    },
  },
  opens: 'over',
  load: () => import('./CheckPanel.svelte'),
  commands: () => import('./commands.ts'),
};
