// SPDX-License-Identifier: MIT
import { count } from '#engine/checks/format.ts';
import { changedLines } from '#engine/core-edit/diff.ts';
import type { CoreEdit } from '#engine/core-edit/types.ts';
import type { App } from '../../app/app.svelte.ts';
import { keepEdit, keptEdit } from './kept-edit.ts';
import { openCoreEdit } from './open.ts';

/** Shows that an edited core came with a link. None of it is compiled or run before the reader asks for that. */
export function offerEdit(app: App, edit: CoreEdit): void {
  const lines = changedLines(edit.diff);
  // For a reload after the address followed an edit of the scenario. An edit of the reader's own is not dropped.
  if (keptEdit() === null) keepEdit(edit);
  const show = (build: boolean) =>
    openCoreEdit(app, (coreEdit) => {
      coreEdit.take(edit, 'It came with a link.');
      if (build) coreEdit.buildWhenOpen();
    });
  app.notices.show(
    `This link brings an edited core: ${count(lines, 'line')} ${lines === 1 ? 'differs' : 'differ'} from ` +
      `${edit.revision.slice(0, 40)}. The shipped core answers below.`,
    {
      // Whoever edits the scenario first still has this before them, above what the core would answer otherwise.
      stays: true,
      place: 'verdict',
      actions: [
        { label: 'Show the edit', run: () => show(false) },
        { label: 'Build and run it', run: () => show(true) },
      ],
    },
  );
}
