// SPDX-License-Identifier: MIT
import type { App } from '../../app/app.svelte.ts';
import type { Command } from '../../app/tool.ts';

export const commands = (app: App): Command[] =>
  app.tools.isOpen('patch')
    ? [{ group: 'Mail', label: 'Close the patch', order: 40, run: () => app.tools.close('patch') }]
    : [];
