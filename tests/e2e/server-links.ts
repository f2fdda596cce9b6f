// SPDX-License-Identifier: MIT
import { encodeLink } from '#engine/link/codec.ts';
import { parseDocument } from '#engine/scenario/parse.ts';

/** A scenario with the code of a server, as text; two begins without replies if no steps are named. */
export const scenarioWith = (
  server: string,
  steps: object[] = [{ do: 'iomap_begin' }, { do: 'iomap_begin', pos: 4096 }],
): string => JSON.stringify({ format: 1, title: 'A server', server, steps });

/** The share link of a document. */
export const linkOf = (text: string): string =>
  encodeLink({ scenario: parseDocument(text).value, step: 0, view: '', verdict: null });
