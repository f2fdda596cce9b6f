// SPDX-License-Identifier: MIT
// Every key of a line of --jsonl is on the page, and every key of the page is printed.
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { parseDocument } from '../scenario/parse.ts';
import type { FuseServer } from '../server/fuse-server.ts';
import { Runner, run } from '../run/runner.ts';
import { failuresOf } from './failures.ts';
import { jsonLines } from './jsonl.ts';

const page = readFileSync(new URL('../../docs/FORMATS.md', import.meta.url), 'utf8');
const [, ofSteps = '', ofFiles = ''] = page
  .slice(page.indexOf('# Lines of run --jsonl'), page.indexOf('# Lesson, 1'))
  .split(/^A line whose `kind` is .*$/m);

/** The keys in the first column of a table. */
const documented = (section: string): string[] =>
  [...section.matchAll(/^\| its ([^|]*)\|/gm)]
    .flatMap(([, cell]) => [...cell!.matchAll(/`(\w+)`/g)].map(([, key]) => key!))
    .sort();

function linesOf(text: string, server?: FuseServer): Record<string, unknown>[] {
  const { scenario } = parseDocument(text);
  if (scenario === null) throw new Error(text.slice(0, 80));
  const core = loadCore('trace', scenario.kernel.revision);
  const done = server === undefined ? run(core, scenario) : new Runner(core, undefined, server).run(scenario);
  const ran = { name: 'a.json', scenario, run: done, failures: failuresOf(done, scenario) };
  return [...jsonLines(ran, () => 'a.json:1:1')].map((line) => JSON.parse(line) as Record<string, unknown>);
}

const folder = new URL('../../examples/', import.meta.url);
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .filter((text) => parseDocument(text).scenario?.server === undefined);
const oops = JSON.stringify({
  format: 1,
  steps: [
    { do: 'pread', replies: [{ read: { type: 'INLINE', length: 4096, addr: 'NULL_ADDR' } }] },
    { do: 'fsync', note: 'never' },
  ],
});
const steps = JSON.stringify({ format: 1, steps: [{ do: 'pread' }] });
const all = [
  ...examples.flatMap((text) => linesOf(text)),
  ...linesOf(oops),
  ...linesOf(steps, { iomap_begin: () => 5 }),
  ...[...jsonLines({ name: 'b.json', reasons: ['why'] }, () => null)].map(
    (line) => JSON.parse(line) as Record<string, unknown>,
  ),
];

test.each([
  ['step', documented(ofSteps)],
  ['file', documented(ofFiles)],
])('the keys of a %s are those of the page', (kind, keys) => {
  const lines = all.filter((line) => line['kind'] === kind);
  const printed = new Set(lines.flatMap((line) => Object.keys(line)).filter((key) => key !== 'kind'));
  expect([...printed].sort()).toEqual(keys);
});

test('a step that was not reached, and an unusable file, have the keys that the page says', () => {
  const unreached = all.find((line) => line['outcome'] === 'not-reached')!;
  const left = documented(ofSteps).filter((key) => !(key in unreached));
  expect(left).toEqual(
    [
      'executionFrom0',
      'repeatFrom0',
      'ret',
      'headline',
      'sentence',
      'check',
      'which',
      'operands',
      'trust',
    ].sort(),
  );
  const unusable = all.find((line) => line['verdict'] === 'unusable')!;
  expect(Object.keys(unusable)).toEqual(['version', 'kind', 'file', 'verdict', 'reasons']);
});

test('outcomes and trusts are those of the page', () => {
  const row = (key: string) =>
    new RegExp(`^\\| its \`${key}\`[^|]*\\|([^|]*)\\|`, 'm').exec(ofSteps)?.[1] ?? '';
  for (const key of ['outcome', 'trust'])
    for (const value of new Set(all.flatMap((line) => (key in line ? [line[key] as string] : []))))
      expect(row(key)).toContain(`\`${value}\``);
});
