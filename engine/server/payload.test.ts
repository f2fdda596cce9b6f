// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { decodeLink } from '../link/decode.ts';
import { encodeLink } from '../link/codec.ts';
import { run } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import { canonicalValue } from '../scenario/print.ts';
import { editDocument } from '../scenario/edit.ts';
import { nearestAccepted } from '../view/nearest-text.ts';
import { printCard, readCard } from '../text/card.ts';

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore();
});

const TEXT = readFileSync(new URL('../../tests/data/format-1/payload.json', import.meta.url), 'utf8');

test('a payload gets the header of its request, or the unique that is asked for', () => {
  const { scenario } = parseDocument(TEXT);
  const { executions, expectations } = run(core, scenario!);
  expect(expectations.unmet).toEqual([]);
  expect(executions[1]!.reply).toMatchObject({ header: { len: 80, error: 0, unique: 4n } });
  expect(executions[2]!.reply).toMatchObject({ header: { unique: 99n } });
});

test('an answer goes on to fit if a request is put in front of it', () => {
  const begin = { do: 'iomap_begin', reply: { read: { type: 'HOLE', length: 4096, addr: 'NULL_ADDR' } } };
  const document = JSON.parse(TEXT) as { steps: object[] };
  const [open, answer] = document.steps as [object, object];
  const { scenario } = parseDocument(JSON.stringify({ ...document, steps: [open, begin, answer] }));
  expect(run(core, scenario!).expectations).toEqual({ met: 3, unmet: [] });
});

test('it travels in links and cards, and a search edits it', () => {
  const { scenario, value } = parseDocument(TEXT);
  const canonical = canonicalValue(value);
  const link = encodeLink({ scenario: canonical, step: 1, verdict: null, view: '' });
  expect(decodeLink(link)).toMatchObject({ ok: true, state: { scenario: canonical } });
  const card = printCard(run(core, scenario!), scenario!, 1);
  const read = readCard(card.replace(/^/gm, '> '));
  expect(read).toMatchObject({ ok: true, notices: [] });
  expect(read.ok && parseDocument(read.text).scenario?.steps[1]).toMatchObject({
    reply: {
      payload: scenario!.steps[1]!.do === 'iomap_begin' && (scenario!.steps[1]!.reply as never)['payload'],
    },
  });

  const wrong = editDocument(parseDocument(TEXT).json, [{ path: ['steps', 1, 'pos'], value: 8192n }]);
  const after = parseDocument(wrong.text).scenario!;
  const refused = run(core, after).executions[1]!;
  expect(refused.outcome).toBe('refused');
  expect(nearestAccepted(core, after, refused)).toMatch(/^read/);
});

test('mappings, an error and a new size may carry the unique of another request', () => {
  const file = new URL('../../tests/data/format-1/unique-and-blocks.json', import.meta.url);
  const { scenario, value } = parseDocument(readFileSync(file, 'utf8'));
  const { executions, expectations } = run(core, scenario!);
  expect(expectations.unmet).toEqual([]);
  expect(executions[1]!.reply).toMatchObject({ header: { unique: 4n } });
  expect(executions[3]!.reply).toMatchObject({ header: { unique: 97n, error: -5 } });
  expect(executions[5]!.io!.calls[0]!.reply).toMatchObject({ header: { unique: 96n } });

  const canonical = canonicalValue(value);
  const link = encodeLink({ scenario: canonical, step: 2, verdict: null, view: '' });
  expect(decodeLink(link)).toMatchObject({ ok: true, state: { scenario: canonical } });
  for (const step of [1, 3]) {
    const read = readCard(printCard(run(core, scenario!), scenario!, step));
    const last = read.ok ? parseDocument(read.text).scenario!.steps.at(-1) : null;
    expect(last).toMatchObject({ reply: { unique: step === 1 ? 4n : 97n } });
  }
});
