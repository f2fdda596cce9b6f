// SPDX-License-Identifier: MIT
/**
 * Turns of phrase that come from another language and make a reader stop: "behind" of what comes after in a file or a
 * number, "X is no Y" where English says "is not a", "another than". Lessons are read by their own editors.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const PARTS = ['README.md', 'assembly', 'cli', 'docs', 'engine', 'examples', 'exercises', 'lib', 'web/src'];

/** What is behind something stands there, or is what it is made of: a server behind the kernel, a disk behind an id. */
const BEHIND =
  /\b(?:bytes?|sectors?|characters|data|zeros|numbers?|everything) (?:just )?behind\b|\bbehind (?:(?:the|its) (?:first|last|new|end|beginning|file|extent|header)\b|that[.,])/gi;
/** "There is no", "is no longer" and the like are English. */
const IS_NO =
  /(?<!\bthere )(?<!\bthere (?:would|will|must|may|can) )\b(?:is|are|was|were|be) no (?!longer\b|more than\b|later\b|such\b|one\b)/gi;
const ANOTHER_THAN = /\banother (?:\w+ )?than\b/gi;

/** What a text has of them, each with the words around it; a phrase may go on in the next line, of a comment too. */
function oddTurns(text: string): string[] {
  const flat = text.replaceAll(/\s*\n\s*(?:\*|\/\/)?\s*/g, ' ');
  return [BEHIND, IS_NO, ANOTHER_THAN].flatMap((turn) =>
    [...flat.matchAll(turn)].map(({ index }) => flat.slice(Math.max(0, index - 30), index + 40)),
  );
}

test('what is odd is found, over the end of a line too, and what is English is not', () => {
  const odd = [
    'The kernel asks for the bytes behind it.',
    'A block behind the file.',
    '// what\n// is no\n// scenario',
    '0 is no disk.',
    'Chosen was another value than the default.',
  ];
  expect(odd.map((text) => oddTurns(text).length)).toEqual([1, 1, 1, 1, 1]);
  const english = [
    'There is no disk, and there would be no block.',
    'It is no longer refused, by no more than one.',
    'A server behind the kernel; what is behind the range; the device behind an id.',
    'It is not a disk.',
  ];
  expect(english.flatMap(oddTurns)).toEqual([]);
});

/** The texts of a part: sources without tests, documents, and what stands in data for readers. */
function textsIn(part: string): string[] {
  if (statSync(resolve(ROOT, part)).isFile()) return [part];
  return readdirSync(resolve(ROOT, part), { recursive: true, encoding: 'utf8' })
    .map((path) => `${part}/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.(ts|svelte|json|md)$/.test(path) && !path.endsWith('.test.ts'));
}

test.each(PARTS)('no odd turn of phrase in %s', (part) => {
  const texts = textsIn(part);
  expect(texts.length).toBeGreaterThan(0);
  const odd = texts.flatMap((path) =>
    oddTurns(readFileSync(resolve(ROOT, path), 'utf8')).map((words) => `${path}: …${words}…`),
  );
  expect(odd).toEqual([]);
});
