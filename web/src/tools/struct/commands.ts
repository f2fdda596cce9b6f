// SPDX-License-Identifier: MIT
import { STRUCT_NAMES } from '#engine/view/struct-layouts.ts';
import type { App } from '../../app/app.svelte.ts';
import type { Command } from '../../app/tool.ts';

/** The page of each struct. */
export const commands = (app: App): Command[] =>
  STRUCT_NAMES.map((name) => ({
    group: 'View',
    label: `Struct: ${name}`,
    run: () => app.tools.open('struct', name),
  }));
