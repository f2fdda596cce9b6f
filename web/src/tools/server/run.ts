// SPDX-License-Identifier: MIT
import type { App } from '../../app/app.svelte.ts';

/** The reader says that the code of the scenario's server may run. */
export function runServer(app: App): void {
  const code = app.document.parsed.scenario?.server;
  if (code === undefined) return;
  app.code.trust(code);
  app.runAgain();
}
