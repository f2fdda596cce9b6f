// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { encodeLink } from '../link/codec.ts';
import { run } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import { canonicalValue } from '../scenario/print.ts';
import { printCard } from '../text/card.ts';
import { gatherScenarios } from './gather.ts';

const core = loadCore('trace');
const json = (title: string) =>
  JSON.stringify({ format: 1, title, steps: [{ do: 'backing_open' }] }, null, 2);

function linkOf(text: string): string {
  const scenario = canonicalValue(parseDocument(text).value!);
  return encodeLink({ scenario, step: 0, verdict: null, view: '' });
}

function cardOf(text: string, link?: string): string {
  const { scenario } = parseDocument(text);
  return printCard(run(core, scenario!), scenario!, 0, link === undefined ? {} : { link });
}

const names = (text: string) => gatherScenarios(text).scenarios.map(({ name }) => name);
const quoted = (text: string) => text.replace(/^/gm, '> ');

test('links, cards and documents come out in their order, whatever stands between them', () => {
  const mail = [
    `first ${linkOf(json('by link'))} and`,
    cardOf(json('by card')),
    'then, as a file:',
    json('by document'),
    quoted(cardOf(json('by quoted card'))),
    quoted(json('by quoted document')),
    `and <https://host/p/${linkOf(json('by last link'))}>.`,
  ].join('\n');
  const { scenarios, troubles } = gatherScenarios(mail);
  expect(scenarios.map(({ name }) => name)).toEqual([
    'by link',
    'by card',
    'by document',
    'by quoted card',
    'by quoted document',
    'by last link',
  ]);
  expect(troubles).toEqual([]);
  for (const { text } of scenarios) expect(parseDocument(text).scenario).not.toBeNull();
});

test("a card's own link is not a second scenario; another link after it is one", () => {
  const own = cardOf(json('mine'), linkOf(json('mine')));
  expect(names(own)).toEqual(['mine']);
  expect(names(`${own}\nsee also ${linkOf(json('other'))}`)).toEqual(['mine', 'other']);
  expect(names(`${cardOf(json('mine'))}\n${linkOf(json('other'))}`)).toEqual(['mine', 'other']);
});

test('what cannot be used is told by its line, and the rest is used all the same', () => {
  const cut = linkOf(json('cut')).slice(0, -9);
  const wrong = '{ "format": 1,\n  "steps": [{ "do": "dance" }] }';
  const broken = cardOf(json('broken')).replace(/answer[^]*/, '');
  const mail = [`one\n${cut}\n`, wrong, '', json('good'), broken].join('\n');
  const { scenarios, troubles } = gatherScenarios(mail);
  expect(scenarios.map(({ name }) => name)).toEqual(['good']);
  expect(troubles.map(({ line }) => line)).toEqual([2, 5, expect.any(Number)]);
  expect(troubles[0]!.message).toMatch(/link can't be used/);
  expect(troubles[1]!.message).toMatch(/JSON can't be used/);
  expect(troubles[2]!.message).toMatch(/card can't be read/);
});

test('a document that lost its end is reported, and prose with braces is not', () => {
  const { scenarios, troubles } = gatherScenarios(json('x').slice(0, -4));
  expect(scenarios).toEqual([]);
  expect(troubles).toHaveLength(1);
  expect(gatherScenarios('{ this } is nothing\n{ neither is this')).toEqual({ scenarios: [], troubles: [] });
});

test('a scenario without a title is called after its place', () => {
  const bare = '{"format":1,"steps":[{"do":"unmount"}]}';
  expect(names(`see\n\n${bare}\n${linkOf(bare)}`)).toEqual(['document in line 3', 'link in line 4']);
});

test('of a text of nothing but links only so many are read, and it is said from where on', () => {
  const { scenarios, troubles } = gatherScenarios('#1.1.\n'.repeat(600));
  expect(scenarios).toEqual([]);
  expect(troubles).toHaveLength(501);
  expect(troubles.at(-1)).toEqual({
    line: 501,
    message: 'At most 500 links in one piece of text are read: those from here on are left out.',
  });
});
