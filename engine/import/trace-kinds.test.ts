// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { run } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import { importTrace } from './import-trace.ts';

const file = (name: string) =>
  readFileSync(new URL(`../../tests/data/imports/${name}`, import.meta.url), 'utf8');

function opened(text: string) {
  const found = importTrace(text);
  if (!found.ok) throw new Error(found.message);
  const { scenario, problems } = parseDocument(found.text);
  expect(problems).toEqual([]);
  const { revision } = scenario!.kernel;
  return { revision, said: found.unknown.join('\n'), ran: run(loadCore('trace', revision), scenario!) };
}

test('a type of the mapping cache opens on a revision that has one, and the other is named', () => {
  const { revision, said, ran } = opened(file('04a.txt'));
  expect(revision).toBe('late');
  expect(said).toContain('2026-05-cache has it too');
  expect(ran.executions.at(-1)!.outcome).toBe('retry-cache');
});

test('an op flag of a later kernel opens on a revision that has it', () => {
  const { revision, said, ran } = opened(file('04c.txt'));
  expect(revision).toBe('late');
  expect(said).toContain('op flag writeback');
  expect(said).toContain('2026-05 and 2026-05-cache have it too');
  expect(ran.executions.at(-1)!.request?.opflags).not.toBe(0);
});

test('what every revision has opens on the usual one', () => {
  const { revision, said } = opened(file('05b.txt'));
  expect(revision).toBe('v6-04');
  expect(said).not.toContain('opens on');
});

test('two connections stay two: what one opened, the other does not have', () => {
  const { said, ran } = opened(file('05b.txt'));
  expect(said).toContain('this is 8: 1 line of connection 7 is left out');
  expect(ran.expectations).toMatchObject({ unmet: [] });
  expect(ran.executions.at(-1)!.decided?.check).toBe('dev-not-found');
});

test('the connection with the most begins is the one that opens', () => {
  const lines = file('04c.txt').replaceAll('connection 7', 'connection 9').trim();
  const twice = `${file('05b.txt').trim()}\n${lines}\n${lines.replaceAll('u4:1-63', 'u4:1-64')}`;
  expect(opened(twice).said).toContain('this is 9');
});
