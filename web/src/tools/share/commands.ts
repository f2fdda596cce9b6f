// SPDX-License-Identifier: MIT
import type { Command } from '../commands/commands.ts';
import type { App } from '../../app/app.svelte.ts';
import { FORMS, type Form } from './forms.ts';

/** What the palette offers of text for mails and out of them. */
export function mailCommands(app: App): Command[] {
  const { mail, selection } = app;
  const share = (tab: 'card' | 'copy', form: Form | null) => () => {
    mail.share = { tab, form };
    selection.open('share');
  };
  return [
    {
      group: 'Mail',
      label: 'Paste anything',
      keys: 'Ctrl V',
      words: ['import', 'card', 'trace', 'hexdump', 'patch', 'link'],
      run: () => selection.open('paste'),
    },
    {
      group: 'Mail',
      label: 'Text for mail',
      words: ['card', 'share', 'plain', 'copy'],
      run: share('card', null),
    },
    ...Object.entries(FORMS).map(([form, label]) => ({
      group: 'Mail',
      label: `Copy as: ${label}`,
      words: ['reply', 'export', form],
      run: share('copy', form as Form),
    })),
    ...(mail.patch === null
      ? []
      : [{ group: 'Mail', label: 'Close the patch', run: () => mail.showPatch(null) }]),
  ];
}
