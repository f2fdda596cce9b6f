// SPDX-License-Identifier: MIT
import type { Tool } from '../app/tool.ts';

const found = import.meta.glob<Tool>('./*/tool.ts', { eager: true, import: 'tool' });

/** Every tool that there is, by the names of their folders. */
export const TOOLS: readonly Tool[] = Object.values(found);
