// SPDX-License-Identifier: MIT
import { at } from '#engine/scenario/path.ts';
import type { App } from '../../app/app.svelte.ts';
import type { Command } from '../../app/tool.ts';
import { beginsOf, replyPath } from './replies.ts';
import { ChosenSides } from './sides.svelte.ts';

/** The chosen step's reply, kept to compare later ones with; nothing if the step has none. */
function keepReply(app: App): Command[] {
  const { step } = app.selection;
  const { value } = app.document.parsed;
  if (!beginsOf(value).includes(step)) return [];
  const run = () => {
    const chosen = app.of(ChosenSides);
    chosen.keep({ reply: at(value, replyPath(step)), step });
    chosen.show('replies');
    app.notices.show('The reply is kept as A. Edit it, then compare.', {
      actions: [{ label: 'Compare now', run: () => app.tools.open('compare') }],
    });
  };
  return [
    { group: 'Edit', label: 'Keep this reply as A, to compare', words: ['two replies'], order: 10, run },
  ];
}

export const commands = (app: App): Command[] => [
  {
    group: 'Scenario',
    label: 'Compare two replies',
    words: ['side by side', 'alternative'],
    order: 61,
    run: () => {
      app.of(ChosenSides).show('replies');
      app.tools.open('compare');
    },
  },
  ...keepReply(app),
];
