// SPDX-License-Identifier: MIT
import { CHECK_IDS } from '#engine/kernel/checks.ts';
import type { App } from '../../app/app.svelte.ts';
import type { Command } from '../../app/tool.ts';

/** The entry of each check. */
export const commands = (app: App): Command[] =>
  CHECK_IDS.filter((id) => id !== 'none').map((id) => ({
    group: 'Checks',
    label: `Check: ${id}`,
    run: () => app.openCheck(id),
  }));
