// SPDX-License-Identifier: MIT
import { ALL_WORDS } from '#engine/words/glossary.ts';
import type { App } from '../../app/app.svelte.ts';
import type { Command } from '../../app/tool.ts';

/** The entry of each word, also by the other words for it. */
export const commands = (app: App): Command[] =>
  ALL_WORDS.map(({ id, title, kind, also }) => ({
    group: 'Words',
    label: `Word: ${title} (${kind})`,
    words: [id, ...also],
    run: () => app.tools.open('word', id),
  }));
