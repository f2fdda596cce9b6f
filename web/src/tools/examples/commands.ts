// SPDX-License-Identifier: MIT
import type { App } from '../../app/app.svelte.ts';
import { ShownExample } from '../../app/shown-example.svelte.ts';
import type { Command } from '../../app/tool.ts';
import { EXAMPLES } from './examples.ts';

/** Opens each example. */
export const commands = (app: App): Command[] =>
  EXAMPLES.map((example) => ({
    group: 'Examples',
    label: `Example: ${example.title}`,
    words: [example.name],
    run: () => app.of(ShownExample).open(example),
  }));
