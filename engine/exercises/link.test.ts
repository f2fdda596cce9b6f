// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { encodeLink } from '../link/codec.ts';
import { readJson } from '../scenario/json.ts';
import { LINKED_CHARS, linkedPart, openLinked } from './link.ts';
import { isLinked } from './names.ts';
import { readExercise } from './read.ts';

const TEXT = readFileSync(new URL('../../exercises/the-other-disk.json', import.meta.url), 'utf8');
const FILE = readJson(TEXT).root!.value;
const part = linkedPart(FILE);

test('an exercise comes out of its link as it went in', () => {
  expect(isLinked(part)).toBe(true);
  expect(isLinked('the-other-disk')).toBe(false);
  const { exercise } = readExercise(TEXT);
  expect(openLinked(part)).toEqual({ exercise, problems: [] });
  expect(openLinked(`See https://host.example/play/#/exercise/${part} for it`)).toEqual({
    exercise,
    problems: [],
  });
  expect(
    openLinked(`> https://host.example/#/exercise/${part.slice(0, 40)}=\n> ${part.slice(40)}`).problems,
  ).toEqual([]);
});

test('a link that lost its end, or was changed, says so', () => {
  expect(openLinked(part.slice(0, -9)).problems.join()).toContain('The link lost its end');
  expect(
    openLinked(`${part.slice(0, 60)}${part[60] === 'A' ? 'B' : 'A'}${part.slice(61)}`).problems.join(),
  ).toContain('The link is damaged');
  expect(openLinked('').problems.join()).toContain('There is no link here');
});

test('a link with something else in it says what is missing', () => {
  const scenario = encodeLink({ scenario: { format: 1, steps: [] }, step: 0, verdict: null, view: '' }).slice(
    1,
  );
  expect(openLinked(scenario).problems.join('\n')).toContain('exercise');
});

test('what is too large is neither made nor read', () => {
  const large = { ...(FILE as object), text: Array.from({ length: 40 }, () => 'word '.repeat(400)) };
  expect(() => linkedPart(large as never)).toThrow('too large for a link');
  const hash = encodeLink({ scenario: large as never, step: 0, verdict: null, view: '' });
  expect(openLinked(hash.slice(1)).problems.join()).toContain(
    `at most ${LINKED_CHARS.toLocaleString('en')} are read`,
  );
});
