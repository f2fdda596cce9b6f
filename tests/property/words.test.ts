// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { CHECKS } from '#engine/kernel/checks.ts';
import { checkWords, wordsOf, explain } from '#engine/checks/words.ts';
import { run } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { minify } from '#engine/scenario/write.ts';
import { loadCore } from '../core-module.ts';
import { scenarioDocument } from './scenario-arbitrary.ts';

/** Words that only a hole in the words leaves behind. */
const HOLES = /undefined|NaN|\bnull\b|\[object| {2}| \.|-0x|\bmap\b mapping/;

let core: WebAssembly.Module;
beforeAll(async () => {
  core = loadCore();
});

it('puts every outcome of every scenario into whole sentences', () => {
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(scenarioDocument(), (document) => {
      const { scenario } = parseDocument(minify(document));
      if (scenario === null) throw new Error('the arbitrary made a document that is none');
      for (const execution of run(core, scenario).executions.slice(0, 50)) {
        const { headline, sentence, where } = explain(execution, scenario);
        outcomes.add(`${execution.do} ${execution.outcome}`);
        expect(headline).toMatch(/^[A-Z][a-z]+( [a-z0-9,]+){0,3}?(, with an error inside)?$/);
        expect(sentence).toMatch(/^\S.*\.$/);
        expect(sentence).not.toMatch(HOLES);
        expect(where).not.toMatch(HOLES);
        for (const { check, operands, which } of execution.path) {
          expect(wordsOf(check, execution).predicate(operands, which)).not.toMatch(HOLES);
          expect(operands).toHaveLength(wordsOf(check, execution).operands.length);
        }
      }
    }),
    { numRuns: 250, seed: 7 },
  );
  for (const seen of ['iomap_begin refused', 'iomap_begin waiting', 'iomap_begin error']) {
    expect(outcomes).toContain(seen);
  }
});

it('takes any operands', () => {
  const { scenario } = parseDocument('{"format":1,"steps":[]}');
  if (scenario === null) throw new Error('the smallest document is refused');
  const operand = fc.oneof(
    fc.bigInt({ min: -(1n << 63n), max: (1n << 64n) - 1n }),
    fc.constantFrom(0n, 1n, -1n, 4096n, (1n << 64n) - 1n),
  );
  const id = fc.constantFrom(...CHECKS);
  fc.assert(
    fc.property(id, fc.array(operand, { minLength: 4, maxLength: 4 }), (check, operands) => {
      // What divides is a block size, which is never 0.
      const values = check.endsWith('-unaligned') ? [operands[0] ?? 0n, 4096n] : operands;
      for (const which of ['read', 'write', null] as const) {
        expect(checkWords[check].predicate(values, which)).not.toMatch(/undefined|NaN|\[object/);
        expect(checkWords[check].sentence(values, which, scenario)).toMatch(/^\S.*\.$/);
      }
    }),
    { numRuns: 1000 },
  );
});
