// SPDX-License-Identifier: MIT
import { count } from '../checks/format.ts';
import { clean } from '../kernel/clean.ts';
import type { Imported } from '../import/import-any.ts';
import type { Patch } from '../import/patch.ts';

/** What a pasted text was taken for. */
export const KIND_WORDS: Record<Imported['kind'], string> = {
  scenario: 'A scenario in JSON',
  link: 'A share link',
  card: 'A text card',
  trace: 'Trace lines',
  hexdump: 'A hexdump of an answer',
  c: 'C of a reply',
  patch: 'A patch',
  unknown: 'Nothing that is known',
};

/** What was mended of a patch, and what could not be. */
export const troubles = ({ incomplete, repairs }: Patch): string[] => [
  ...repairs,
  ...(incomplete > 0 ? [incompleteWords(incomplete)] : []),
];

/** What can still be read of a patch that lost lines. */
export const incompleteWords = (hunks: number): string =>
  `${count(hunks, 'hunk')} lost lines on the way: the line numbers there may be wrong.`;

/** For a file whose hunks came without its name. */
export const NO_FILE_NAME = '(file not named)';

/** One patch of several, in a line of a list: its subject, and the files that it changes. */
export const patchLine = ({ subject, files }: Patch): string =>
  `${subject === null ? '(no subject)' : clean(subject)}: ${files.map(({ oldPath, newPath }) => (newPath === '' ? NO_FILE_NAME : clean(newPath === '/dev/null' ? oldPath : newPath))).join(', ')}`;
