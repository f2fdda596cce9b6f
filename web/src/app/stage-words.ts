// SPDX-License-Identifier: MIT
import type { Stage } from '#engine/import/import-any.ts';

/** What is being done with a text. */
export const STAGE_WORDS: Record<Stage, string> = {
  mail: 'undoing the encoding of a mail',
  sniffing: 'finding out what it is',
  scenario: 'as a scenario in JSON',
  card: 'as a text card',
  trace: 'as trace lines',
  c: 'as C of a reply',
  patch: 'as a patch',
  'link or dump': 'as a share link or a hexdump',
};
