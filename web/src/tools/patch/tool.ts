// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

export const tool: Tool = {
  id: 'patch',
  title: 'Patch',
  opens: 'beside',
  load: () => import('./Patch.svelte'),
  commands: () => import('./commands.ts'),
  takes: () => import('./take.ts'),
};
