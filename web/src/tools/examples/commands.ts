// SPDX-License-Identifier: MIT
import type { App } from '../../app/app.svelte.ts';
import type { Command } from '../../app/tool.ts';
import { EXAMPLES } from './examples.ts';

/** Opens each example. */
export const commands = (app: App): Command[] =>
  EXAMPLES.map(({ title, text, step, name }) => ({
    group: 'Examples',
    label: `Example: ${title}`,
    words: [name],
    run: () => app.load(text, `open example ${title}`, step),
  }));
