// SPDX-License-Identifier: MIT
import { editSources } from '#engine/lessons/source-edits.ts';
import type { SourceEdit } from '#engine/lessons/types.ts';
import type { App } from '../../app/app.svelte.ts';
import { openCoreEdit } from '../core-edit/open.ts';

/**
 * Opens the core's source with edits in it. They go into what the reader has there, or into the shipped text where that
 * has no such place any more. It is built as after any edit, and answers only when the reader lets it.
 */
export function editCore(app: App, edits: readonly SourceEdit[]): void {
  openCoreEdit(app, ({ texts }) => {
    let files = editSources(texts.all, edits);
    if (files === null) {
      texts.reset();
      files = editSources(texts.all, edits) ?? {};
    }
    for (const [path, text] of Object.entries(files)) {
      texts.setText(path, text);
      const put = edits.find(({ file }) => file === path)!.put;
      texts.open(path, text.slice(0, text.indexOf(put)).split('\n').length);
    }
  });
}
