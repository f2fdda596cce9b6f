// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { format } from 'prettier';
import { expect, it } from 'vitest';
import type { JsonValue } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { canonicalValue, minifyScenario, printScenario } from '#engine/scenario/print.ts';
import { STEP_NAMES } from '#engine/scenario/step-names.ts';
import { minify } from '#engine/scenario/write.ts';
import { scenarioDocument } from './scenario-arbitrary.ts';

const parsed = (text: string) => {
  const { scenario, problems } = parseDocument(text);
  expect(problems).toEqual([]);
  return scenario;
};

it('accepts every document that the arbitrary makes, and reads back what was written', () => {
  fc.assert(
    fc.property(scenarioDocument(), (document) => {
      const { problems, value } = parseDocument(minify(document));
      expect(problems).toEqual([]);
      expect(value).toEqual(document);
    }),
    { numRuns: 300 },
  );
});

it('is asked of every kind of step', () => {
  // A seed, so that chance leaves no kind out.
  const made = fc.sample(scenarioDocument(), { seed: 1, numRuns: 200 }).map(minify);
  expect(STEP_NAMES.filter((name) => !made.some((text) => text.includes(`"do":"${name}"`)))).toEqual([]);
});

it('prints the same scenario, pretty and minified', () => {
  fc.assert(
    fc.property(scenarioDocument(), (document) => {
      const scenario = parsed(minify(document));
      expect(parsed(printScenario(document))).toEqual(scenario);
      expect(parsed(minifyScenario(document))).toEqual(scenario);
    }),
    { numRuns: 300 },
  );
});

it('prints a fixed point: what is canonical stays as it is', () => {
  fc.assert(
    fc.property(scenarioDocument(), (document) => {
      const printed = printScenario(document);
      expect(printScenario(parseDocument(printed).value)).toBe(printed);
      const short = minifyScenario(document);
      expect(minifyScenario(parseDocument(short).value)).toBe(short);
      expect(minify(canonicalValue(parseDocument(printed).value))).toBe(short);
    }),
    { numRuns: 300 },
  );
});

it('lays text out as prettier does', async () => {
  // Prettier counts columns, where a letter may be none or two; nearly every document has such letters.
  const ascii = (document: JsonValue) => parseDocument(minify(document).replace(/[^\x20-\x7e]/g, '?')).value;
  const options = { parser: 'json', printWidth: 110 } as const;
  await fc.assert(
    fc.asyncProperty(
      scenarioDocument().map((document) => printScenario(ascii(document))),
      async (text) => {
        expect(await format(text, options)).toBe(text);
      },
    ),
    { numRuns: 25 },
  );
});
