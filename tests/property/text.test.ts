// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { Runner } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { stoppedShort } from '#engine/run/stopped-short.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { minify } from '#engine/scenario/write.ts';
import { runToJson } from '#engine/text/json.ts';
import { runText } from '#engine/text/run.ts';
import { tap } from '#engine/text/tap.ts';
import { loadCore } from '../core-module.ts';
import { scenarioDocument } from './scenario-arbitrary.ts';

let core: WebAssembly.Module;
beforeAll(async () => {
  core = loadCore();
});

const scenario: fc.Arbitrary<Scenario> = scenarioDocument().map((document) => {
  const { scenario, problems } = parseDocument(minify(document));
  if (scenario === null) throw new Error(problems.map(({ message }) => message).join('; '));
  return scenario;
});

test('the text of any run fits its columns, and is ASCII if asked', () => {
  const options = fc.record({ width: fc.constantFrom(72, 80), verbose: fc.boolean(), unfold: fc.boolean() });
  fc.assert(
    fc.property(scenario, options, (scenario, given) => {
      for (const { text } of runText(new Runner(core).run(scenario), scenario, { ...given, ascii: true })) {
        expect(text).toMatch(/^[\x20-\x7e]*$/);
        expect(text).toBe(text.trimEnd());
        expect(text.length, text).toBeLessThanOrEqual(given.width);
      }
    }),
    { numRuns: 300 },
  );
});

test('the JSON of any run has all its executions and no number that a double cannot hold', () => {
  fc.assert(
    fc.property(scenario, (scenario) => {
      const run = new Runner(core).run(scenario);
      const json = JSON.parse(
        JSON.stringify(runToJson(run), (_key, value: unknown) => {
          if (typeof value === 'number') expect(Number.isSafeInteger(value)).toBe(true);
          return value;
        }),
      );
      expect(json.executions.map(({ ret }: { ret: string | null }) => ret)).toEqual(
        run.executions.map(({ ret }) => (ret === null ? null : String(ret))),
      );
    }),
    { numRuns: 200 },
  );
});

test('a TAP report has a point for each step that expects something, at least one, and fails as the run does', () => {
  fc.assert(
    fc.property(scenario, (scenario) => {
      const run = new Runner(core).run(scenario);
      const lines = [...tap([{ name: 'x', scenario, run }])];
      const points = lines.filter((line) => /^ {4}(not )?ok /.test(line));
      const failed = new Set(run.expectations.unmet.map(({ step }) => step));
      const looked = scenario.steps.filter(({ expect }, i) => expect !== undefined || failed.has(i));
      // Where nothing is expected, that the run came to its end is the one point.
      expect(points).toHaveLength(Math.max(looked.length, 1));
      if (run.stopped === null)
        expect(points.filter((line) => line.startsWith('    not ok'))).toHaveLength(failed.size);
      expect(lines.includes('ok 1 - x')).toBe(failed.size === 0 && !stoppedShort(run, scenario));
    }),
    { numRuns: 200 },
  );
});
