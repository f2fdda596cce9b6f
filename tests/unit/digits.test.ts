// SPDX-License-Identifier: MIT
// In sentences digits are grouped by commas from five on; in code, structs and cards they are not grouped.
import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from '#engine/checks/catalogue.ts';
import { checkWords } from '#engine/checks/check-words.ts';
import { consequences } from '#engine/checks/consequences.ts';
import { explain } from '#engine/checks/explain.ts';
import { CHECKS } from '#engine/kernel/checks.ts';
import { grouped, ungrouped } from '#engine/kernel/digits.ts';
import { decodeLink } from '#engine/link/decode.ts';
import { foresee } from '#engine/run/foresee.ts';
import { run, stateAt } from '#engine/run/runner.ts';
import type { Execution, Run } from '#engine/run/types.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { printCard } from '#engine/text/card.ts';
import { bodyLines } from '#engine/view/loop.ts';
import { stripView } from '#engine/view/placements.ts';
import { structCards } from '#engine/view/structs.ts';
import { textOf } from '../../web/src/fields/values.ts';
import { loadCore } from '../core-module.ts';

/** Five digits in a row that are no part of a hex number or of a name. */
const BARE = /(?<![\w.,-])\d{5,}(?!\w)/;
const GROUPED = /\d,\d{3}(?!\d)/;
/** Four digits have no comma, and no group is longer or shorter than three. */
const WRONG_GROUPS = /(?<![\d,])\d,\d{3}(?![\d,])|\d,\d{1,2}(?!\d)|\d,\d{4}|[\u00a0\u2009\u202f]/;

const FOLDER = new URL('../../examples/', import.meta.url);
const EXAMPLES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'));
/** The same questions at places whose numbers have many digits. */
const FAR = [70_000n, 1n << 20n, 123_456_789n].map((pos) =>
  JSON.stringify({
    format: 1,
    devices: { vda: { size: 4 * 2 ** 30 } },
    steps: [
      { do: 'backing_open' },
      {
        do: 'iomap_begin',
        pos: Number(pos),
        count: 262_144,
        reply: { read: { length: 4096, addr: 'NULL_ADDR' } },
      },
      {
        do: 'iomap_begin',
        pos: Number(pos - (pos % 4096n)),
        count: 262_144,
        reply: {
          read: {
            offset: Number(pos - (pos % 4096n)),
            length: 131_072,
            addr: 1_048_576,
            type: 'MAPPED',
            dev: 1,
          },
        },
      },
    ],
  }),
);

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore('trace', 'v6-04');
});

function* executions(): Generator<{ execution: Execution; scenario: Scenario; whole: Run }> {
  for (const text of [...EXAMPLES, ...FAR]) {
    const { scenario } = parseDocument(text);
    if (scenario === null) continue;
    const whole = run(core, { ...scenario, kernel: { ...scenario.kernel, revision: 'v6-04' } }, foresee);
    for (const execution of whole.executions) yield { execution, scenario, whole };
  }
}

describe('digits', () => {
  it('are grouped from five on, whatever the sign', () => {
    expect([9999, 10_000, -10_000, 1_234_567n].map(grouped)).toEqual([
      '9999',
      '10,000',
      '-10,000',
      '1,234,567',
    ]);
    expect(ungrouped('bytes 10,000, 20,000 and 1, 234')).toBe('bytes 10000, 20000 and 1, 234');
  });

  it('are grouped in the verdicts and consequences of all examples', () => {
    let met = 0;
    for (const { execution, scenario } of executions()) {
      const { headline, sentence } = explain(execution, scenario);
      const follows = consequences(execution, execution.foreseen ?? null, scenario).map(({ text }) => text);
      for (const said of [headline, sentence, ...follows]) {
        expect(said).not.toMatch(BARE);
        expect(said).not.toMatch(WRONG_GROUPS);
        if (GROUPED.test(said)) met++;
      }
    }
    expect(met).toBeGreaterThan(10);
  });

  it('are grouped in why a check refuses, and not in its condition', () => {
    const { scenario } = parseDocument(FAR[0]!);
    const values = [65_535n, 131_072n, 1_048_576n, 65_537n];
    let met = 0;
    for (const check of CHECKS) {
      const some = checkWords[check].operands.map((name, i) => (/^err/.test(name) ? -5n : values[i]!));
      const said = checkWords[check].sentence(some, 'read', scenario!);
      expect(said, check).not.toMatch(BARE);
      expect(said, check).not.toMatch(WRONG_GROUPS);
      if (GROUPED.test(said)) met++;
      expect(checkWords[check].predicate(some, 'read'), check).not.toMatch(GROUPED);
    }
    expect(met).toBeGreaterThan(15);
    for (const { title, refuses, why, fix } of Object.values(CATALOGUE))
      for (const said of [title, refuses, why, fix]) {
        expect(said).not.toMatch(BARE);
        expect(said).not.toMatch(WRONG_GROUPS);
      }
  });

  it('are grouped in what stands beside the structs: strips, calls of an I/O step, findings', () => {
    let met = 0;
    for (const { execution, scenario, whole } of executions()) {
      const strip = stripView(execution, scenario, stateAt(whole, execution.index));
      const notes = strip?.notes.map(({ text }) => text) ?? [];
      const lines = execution.io ? bodyLines(execution.io.events, scenario) : [];
      for (const said of [...notes, ...lines.map(({ text }) => text)]) {
        const words = said.replace(/\b(?:pos|count) \d+/g, '');
        expect(words).not.toMatch(BARE);
        expect(words).not.toMatch(WRONG_GROUPS);
        if (GROUPED.test(words)) met++;
      }
    }
    expect(met).toBeGreaterThan(5);
  });

  it('are grouped in why a link or a document is not read', () => {
    const long = 'a'.repeat(300_000);
    for (const said of [
      decodeLink(long),
      decodeLink(`#1.70000.${'a'.repeat(69_000)}`),
      decodeLink(`#1.12345.${'a'.repeat(12_000)}`),
    ].map((result) => (result.ok ? '' : result.error.message))) {
      expect(said).toMatch(GROUPED);
      expect(said).not.toMatch(BARE);
    }
  });

  it('are grouped in why a value of a document does not fit', () => {
    const said = (more: object) =>
      parseDocument(JSON.stringify({ format: 1, steps: [], ...more })).problems.map(({ message }) => message);
    for (const messages of [
      said({ notes: 'n'.repeat(20_001) }),
      said({ steps: Array.from({ length: 10_001 }, () => 0) }),
      said({ inodes: { a: { blockSize: 513 } } }),
      said({ steps: [{ do: 'iomap_begin', reply: { hex: 'x' } }] }),
    ]) {
      expect(messages).toHaveLength(1);
      expect(messages[0]).toMatch(GROUPED);
      expect(messages[0]).not.toMatch(BARE);
      expect(messages[0]).not.toMatch(WRONG_GROUPS);
    }
  });

  it('are not grouped in a struct, in any notation, nor in a field', () => {
    let bare = 0;
    for (const { execution } of executions())
      for (const notation of ['usual', 'decimal'] as const)
        for (const { rows } of structCards(execution, notation, 4096))
          for (const { value } of rows ?? []) {
            expect(value).not.toMatch(GROUPED);
            if (BARE.test(value)) bare++;
          }
    expect(bare).toBeGreaterThan(5);
    expect([1_048_576n, ['WRITE', 65_536n]].map((value) => textOf(value, 'flags'))).toEqual([
      '1048576',
      'WRITE 65536',
    ]);
  });

  it('are not grouped in a card', () => {
    let bare = 0;
    for (const { execution, scenario, whole } of executions()) {
      if (execution.repeat > 0) continue;
      const card = printCard(whole, scenario, execution.step);
      const answer = card.slice(card.indexOf('\nanswer'));
      expect(answer).not.toMatch(GROUPED);
      if (BARE.test(answer)) bare++;
    }
    expect(bare).toBeGreaterThan(5);
  });
});
