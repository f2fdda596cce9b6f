// SPDX-License-Identifier: MIT
import type { App } from '../../app/app.svelte.ts';
import type { Command } from '../../app/tool.ts';
import { DOCUMENTS } from '#engine/view/documents.ts';

/** Opens each document. */
export const commands = (app: App): Command[] =>
  DOCUMENTS.map(({ name, title, what }) => ({
    group: 'View',
    label: `Read: ${title}`,
    words: [name, ...what.split(/\W+/)],
    run: () => app.tools.open('docs', name),
  }));
