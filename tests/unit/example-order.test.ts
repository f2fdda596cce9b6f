// SPDX-License-Identifier: MIT
/** Every example has its place in the teaching order, once, and what it points at is there. */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EXAMPLE_SECTIONS, nextExample, sectionOf, seeAlso } from '#engine/view/example-order.ts';

const FILES = readdirSync(new URL('../../examples/', import.meta.url))
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -5));
const NAMES = EXAMPLE_SECTIONS.flatMap(({ examples }) => examples.map(([name]) => name));

it('has a row for each example, and no other', () => {
  expect([...NAMES].sort()).toEqual([...FILES].sort());
});

it('leads from the first through all of them', () => {
  const way: string[] = [];
  for (let at: string | null = NAMES[0]!; at !== null && way.length <= NAMES.length; at = nextExample(at))
    way.push(at);
  expect(way).toEqual(NAMES);
});

it('points at others that are there, each once', () => {
  const wrong = NAMES.flatMap((name) =>
    seeAlso(name)
      .filter((see) => see === name || !FILES.includes(see))
      .map((see) => `${name}: ${see}`),
  );
  expect(wrong).toEqual([]);
  expect(NAMES.filter((name) => seeAlso(name).length === 0)).toEqual([]);
  expect(NAMES.filter((name) => new Set(seeAlso(name)).size < seeAlso(name).length)).toEqual([]);
});

it('puts one without a row at the end', () => {
  expect(sectionOf('no-such-example')).toBe('Others');
  expect(nextExample('no-such-example')).toBeNull();
});
