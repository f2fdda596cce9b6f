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
import { NO_CONTEXT, failuresOf } from '#engine/text/failures.ts';
import { jsonLines } from '#engine/text/jsonl.ts';
import { Junit } from '#engine/text/junit.ts';
import { Tap } from '#engine/text/tap.ts';
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

test('a report has a test for each step that expects something or failed, at least one, and fails as the run does', () => {
  fc.assert(
    fc.property(scenario, (scenario) => {
      const run = new Runner(core).run(scenario);
      const failures = failuresOf(run, scenario);
      const result = { name: 'x', scenario, run, failures };
      const tap = new Tap();
      const lines = [...tap.begin(), ...tap.file(result), ...tap.end()];
      const points = lines.filter((line) => /^(not )?ok /.test(line));
      const failed = new Set(failures.map(({ step }) => step));
      const looked = scenario.steps.filter(({ expect }, i) => expect !== undefined || failed.has(i));
      const short = stoppedShort(run, scenario);
      expect(points).toHaveLength(Math.max(looked.length + (short ? 1 : 0), 1));
      expect(points.filter((line) => line.startsWith('not ok'))).toHaveLength(failed.size + (short ? 1 : 0));
      expect(lines.at(-1)).toBe(`1..${points.length}`);
      // Whoever counts expectations alone sees fewer.
      const lenient = failuresOf(run, scenario, { ...NO_CONTEXT, strict: false });
      expect(lenient.every(({ step }) => failed.has(step))).toBe(true);
      for (const { step } of run.expectations.unmet)
        expect(lenient.some((one) => one.step === step)).toBe(true);
      for (const line of jsonLines(result, () => null))
        expect(JSON.parse(line)).toMatchObject({ version: 1 });
      const junit = new Junit();
      const xml = [...junit.begin(), ...junit.file(result), ...junit.end()].join('\n');
      expect(xml.match(/<testcase /g)).toHaveLength(points.length);
      expect(xml.match(/<failure /g) ?? []).toHaveLength(failed.size + (short ? 1 : 0));
    }),
    { numRuns: 200 },
  );
});
