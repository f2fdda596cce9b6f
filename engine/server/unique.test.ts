// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { decodeLink } from '../link/decode.ts';
import { encodeLink } from '../link/codec.ts';
import { run } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import { canonicalValue } from '../scenario/print.ts';
import { printCard, readCard } from '../text/card.ts';

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore();
});

const TEXT = readFileSync(
  new URL('../../tests/data/format-1/unique-and-blocks.json', import.meta.url),
  'utf8',
);

test('mappings, an error and a new size get the unique that is asked for', () => {
  const { scenario } = parseDocument(TEXT);
  const { executions, expectations } = run(core, scenario!);
  expect(expectations.unmet).toEqual([]);
  expect(executions.slice(1, 4).map(({ reply }) => reply?.header?.unique)).toEqual([4n, 98n, 97n]);
});

test('a link and a card carry it', () => {
  const { scenario, value } = parseDocument(TEXT);
  const canonical = canonicalValue(value);
  const link = encodeLink({ scenario: canonical, step: 1, verdict: null, view: '' });
  expect(decodeLink(link)).toMatchObject({ ok: true, state: { scenario: canonical } });

  const whole = run(core, scenario!);
  for (const [step, unique] of Object.entries({ 1: 4n, 2: 98n, 3: 97n })) {
    const read = readCard(printCard(whole, scenario!, Number(step)).replace(/^/gm, '> '));
    expect(read, step).toMatchObject({ ok: true, notices: [] });
    const steps = read.ok ? parseDocument(read.text).scenario?.steps : undefined;
    expect(steps?.at(-1), step).toMatchObject({ reply: { unique } });
  }
});

test('a card of an I/O step keeps what was asked before, if a reply in its list names the request', () => {
  const { scenario } = parseDocument(TEXT);
  const read = readCard(printCard(run(core, scenario!), scenario!, 4));
  expect(read).toMatchObject({ ok: true, notices: [] });
  const kept = read.ok ? parseDocument(read.text).scenario : undefined;
  expect(kept?.steps).toHaveLength(5);
  expect(run(core, kept!).executions.at(-1)).toMatchObject({ ret: 8192n });
});
