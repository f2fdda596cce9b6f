// SPDX-License-Identifier: MIT
import type { App } from '../../app/app.svelte.ts';
import type { Command } from '../../app/tool.ts';
import { PatchStore } from './patch-store.svelte.ts';

export function commands(app: App): Command[] {
  const store = app.of(PatchStore);
  if (!store.has) return [];
  return [
    app.tools.isOpen('patch')
      ? { group: 'Mail', label: 'Close the patch', order: 40, run: () => app.tools.close('patch') }
      : { group: 'Mail', label: 'Show the patch again', order: 40, run: () => void store.showAgain() },
    { group: 'Mail', label: 'Forget the patch', order: 41, run: () => store.forget() },
  ];
}
