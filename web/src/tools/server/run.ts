// SPDX-License-Identifier: MIT
import type { LookAnswer } from '../../workers/protocol.ts';
import type { App } from '../../app/app.svelte.ts';

/** Writes what the server said into the document as replies, in its place: one change that can be undone. */
export async function keepAnswers(app: App): Promise<void> {
  const { text } = app.document;
  const answer = await app.run.look<Extract<LookAnswer, { kind: 'captured' }>>({ kind: 'captured', text });
  // The reader went on meanwhile.
  if (answer?.text == null || app.document.text !== text) return;
  const registered = app.run.summary?.columns.server?.registered.length ?? 0;
  app.document.seal();
  app.document.setText(answer.text, 'keep the answers', {
    kind: 'edit',
    place: app.selection.step + registered,
  });
  app.document.seal();
  app.notices.show('The answers are replies now, and the server is gone from the scenario.', {
    actions: [{ label: 'Undo', run: () => app.document.undo() }],
  });
}

/** The reader says that the code of the scenario's server may run. */
export function runServer(app: App): void {
  const code = app.document.parsed.scenario?.server;
  if (code === undefined) return;
  app.code.trust(code);
  app.runAgain();
}
