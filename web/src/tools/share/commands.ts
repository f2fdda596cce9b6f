// SPDX-License-Identifier: MIT
import type { App } from '../../app/app.svelte.ts';
import type { Command } from '../../app/tool.ts';
import { FORMS } from './forms.ts';

/** The chosen step as text. */
export function commands(app: App): Command[] {
  const share = (subject: string) => () => app.tools.open('share', subject);
  return [
    {
      group: 'Mail',
      label: 'Text for mail',
      words: ['card', 'share', 'plain', 'copy'],
      order: 20,
      run: share('card'),
    },
    ...Object.entries(FORMS).map(([form, label]) => ({
      group: 'Mail',
      label: `Copy as: ${label}`,
      words: ['reply', 'export', form],
      order: 30,
      run: share(`copy/${form}`),
    })),
  ];
}
