// SPDX-License-Identifier: MIT
import type { App } from '../../app/app.svelte.ts';
import { OTHERS_KEPT, OWN_KEPT } from '../../app/kept/piece.ts';
import { NoStorage } from '../../app/kept/pieces.ts';
import { looksLikeWork, readWork } from '../../app/kept/work-file.ts';

/** Takes up a file of earlier work; it replaces nothing that is shown. Resolves to whether the text was one. */
export async function take(app: App, text: string): Promise<boolean> {
  if (!looksLikeWork(text)) return false;
  const warn = (why: string) => app.notices.show(why, { kind: 'warning', about: 'file' });
  const pieces = readWork(text);
  if (typeof pieces === 'string') {
    warn(pieces);
    return true;
  }
  try {
    const refused = await app.persistence.takeUp(pieces);
    const taken = `${countOf(pieces.length - refused)} of earlier work taken up.`;
    if (refused === 0) app.notices.show(taken, { about: 'file' });
    else warn(`${taken} ${noRoom(refused)}`);
    app.tools.open('recover');
  } catch (error) {
    if (!(error instanceof NoStorage)) throw error;
    warn(`The file of earlier work was not taken up. ${error.message}`);
  }
  return true;
}

const countOf = (pieces: number) => `${pieces} ${pieces === 1 ? 'piece' : 'pieces'}`;

const noRoom = (refused: number) =>
  `${countOf(refused)} of the file found no room: ${OWN_KEPT} texts that somebody wrote are kept, and ${OTHERS_KEPT} that were only opened, and none of yours goes for those of a file. Delete some here, and drop the file again.`;
