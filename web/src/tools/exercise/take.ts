// SPDX-License-Identifier: MIT
import { partIn } from '#engine/exercises/names.ts';
import type { App } from '../../app/app.svelte.ts';

/** An address of an exercise, alone or in a mail, opens it. Resolves to whether there was one. */
export function take(app: App, text: string): Promise<boolean> {
  const part = partIn(text);
  if (part !== null) app.tools.open('exercise', part);
  return Promise.resolve(part !== null);
}
