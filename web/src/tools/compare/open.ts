// SPDX-License-Identifier: MIT
import { editDocument } from '#engine/scenario/edit.ts';
import type { Revision } from '#engine/kernel/features.ts';
import type { App } from '../../app/app.svelte.ts';
import { DEFAULT_REVISION } from '#engine/kernel/features.ts';

/** Opens a document as one revision answers it, at a step: one change, which can be undone. */
export function openIn(app: App, text: string, revision: Revision, step: number): void {
  const value = revision === DEFAULT_REVISION ? undefined : revision;
  const { text: own } = editDocument(text, [{ path: ['kernel', 'revision'], value }]);
  app.load(own, `open in ${revision}`, step);
}
