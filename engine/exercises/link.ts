// SPDX-License-Identifier: MIT
/**
 * An exercise as an address: `#/exercise/1.418.…`. What follows the place is the text of a share link, with the file
 * of the exercise where a share link has the scenario: its envelope, its limits and what is said of damage are the same.
 */
import { grouped } from '../kernel/digits.ts';
import { NoLinkError, decodeLink, encodeLink } from '../link/codec.ts';
import { crc32 } from '../run/crc32.ts';
import type { JsonValue } from '../scenario/json.ts';
import { minify } from '../scenario/write.ts';
import { readExercise, type ReadExercise } from './read.ts';

/** Characters that the file of a linked exercise may have: it is read before anything else can be done. */
export const LINKED_CHARS = 65_536;

/** What the address of an exercise begins with. */
const PLACE = '#/exercise/';

/**
 * The last part of the address that opens an exercise.
 * @param file as JSON; what reads it is `readExercise`
 * @throws NoLinkError if it is too large
 */
export function linkedPart(file: JsonValue): string {
  const { length } = minify(file);
  if (length > LINKED_CHARS)
    throw new NoLinkError(
      `This exercise is too large for a link: it has ${grouped(length)} characters, and at most ` +
        `${grouped(LINKED_CHARS)} are read. Send it as a file.`,
    );
  return encodeLink({ scenario: file, step: 0, verdict: null, view: '' }).slice(1);
}

/** The exercise in an address, in its last part, or in the text around it. Never throws. */
export function openLinked(text: string): ReadExercise {
  const at = text.indexOf(PLACE);
  const decoded = decodeLink(at < 0 ? text : text.slice(at + PLACE.length));
  if (!decoded.ok) return { exercise: null, problems: [decoded.error.message] };
  const file = minify(decoded.state.scenario);
  if (file.length <= LINKED_CHARS) return readExercise(file);
  const problem = `The exercise in this link has ${grouped(file.length)} characters, and at most ${grouped(LINKED_CHARS)} are read.`;
  return { exercise: null, problems: [problem] };
}

/** A short name for the content of an exercise in a link, whoever made the link and when; null if it is damaged. */
export function linkedName(part: string): string | null {
  const decoded = decodeLink(part);
  if (!decoded.ok) return null;
  const bytes = new TextEncoder().encode(minify(decoded.state.scenario));
  return `${crc32(bytes).toString(16)}-${bytes.length}`;
}
