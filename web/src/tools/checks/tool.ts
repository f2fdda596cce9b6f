// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

/** The list of all checks; the page of one is the tool `check`. */
export const tool: Tool = {
  id: 'checks',
  title: 'All checks',
  words: ['reference', 'rules', 'catalogue', 'order', 'function', 'refuses'],
  place: { name: 'checks' },
  opens: 'instead',
  load: () => import('./Checks.svelte'),
  command: { group: 'View', label: 'Reference: all checks, in the kernel’s order' },
};
