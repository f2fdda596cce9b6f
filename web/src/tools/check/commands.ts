// SPDX-License-Identifier: MIT
import { CHECKS } from '#engine/kernel/checks.ts';
import type { App } from '../../app/app.svelte.ts';
import type { Command } from '../../app/tool.ts';

/** The entry of each check. */
export const commands = (app: App): Command[] =>
  CHECKS.map((id) => ({
    group: 'Checks',
    label: `Check: ${id}`,
    run: () => app.openCheck(id),
  }));
