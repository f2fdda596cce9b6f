// SPDX-License-Identifier: MIT
import type { App } from '../../app/app.svelte.ts';
import { looksLikeWork, readWork } from '../../app/kept/work-file.ts';

/** Takes up a file of earlier work; it replaces nothing that is shown. Resolves to whether the text was one. */
export function take(app: App, text: string): Promise<boolean> {
  if (!looksLikeWork(text)) return Promise.resolve(false);
  const pieces = readWork(text);
  if (typeof pieces === 'string') app.notices.show(pieces, { kind: 'warning', about: 'file' });
  else {
    app.persistence.putBack(pieces);
    app.notices.show(
      `${pieces.length} ${pieces.length === 1 ? 'piece' : 'pieces'} of earlier work taken up.`,
      {
        about: 'file',
      },
    );
    app.tools.open('recover');
  }
  return Promise.resolve(true);
}
