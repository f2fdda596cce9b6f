// SPDX-License-Identifier: MIT
import type * as Monaco from 'monaco-editor/editor/editor.api';
import type { App } from '../../../app/app.svelte.ts';
import { NearestStore } from '../../kernel/nearest/nearest-store.svelte.ts';

const COMMAND = 'scenario.applyNearest';

/**
 * Offers the nearest accepted replies as quick fixes on the mark of the field that was refused. A fix goes through
 * the document, as every edit does, so that it is one entry of the history.
 */
export function registerQuickFixes(monaco: typeof Monaco, app: App): Monaco.IDisposable {
  const { run, document } = app;
  const nearest = app.of(NearestStore);
  const command = monaco.editor.registerCommand(COMMAND, (_accessor, index: number) => {
    const alternative = nearest.offer?.alternatives[index];
    if (nearest.fresh && alternative) nearest.apply(document, alternative);
  });
  const provider = monaco.languages.registerCodeActionProvider('json', {
    provideCodeActions(_model, _range, { markers }) {
      const check = run.detail?.execution.decided?.check;
      const { offer, fresh } = nearest;
      const marks = markers.filter(({ message }) => check !== undefined && message.startsWith(`${check}: `));
      const fixes = fresh && offer?.goal === 'accept' && marks.length > 0 ? offer.alternatives : [];
      const actions = fixes.map(({ text }, index) => ({
        title: `Accepted with ${text}`,
        kind: 'quickfix',
        diagnostics: marks,
        isPreferred: index === 0,
        command: { id: COMMAND, title: 'Apply', arguments: [index] },
      }));
      return { actions, dispose: () => {} };
    },
  });
  return {
    dispose() {
      command.dispose();
      provider.dispose();
    },
  };
}
