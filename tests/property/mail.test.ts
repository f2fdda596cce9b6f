// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importC } from '#engine/import/import-c.ts';
import { importHexdump } from '#engine/import/import-hexdump.ts';
import { importTrace } from '#engine/import/import-trace.ts';
import { run } from '#engine/run/runner.ts';
import type { Execution } from '#engine/run/types.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { minify } from '#engine/scenario/write.ts';
import { copyAsBeginOut, copyAsHexdump, copyAsStructs, copyAsTrace } from '#engine/text/copy-as.ts';
import { loadCore } from '../core-module.ts';

/** What one way out of the playground writes, the matching way in reads. */
const core = loadCore();

const u64 = fc.oneof(
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  fc.constantFrom(0n, 4096n, 1n << 31n, 1n << 40n, (1n << 64n) - 1n),
);
const mapping = fc.record({
  offset: fc.oneof(u64, fc.constant(0n)),
  length: fc.oneof(u64, fc.constant(8192n)),
  addr: u64,
  type: fc.oneof(fc.constantFrom(0n, 1n, 2n, 3n, 4n, 254n, 255n), fc.bigInt({ min: 0n, max: 0xffffn })),
  flags: fc.bigInt({ min: 0n, max: 0xffffn }),
  dev: fc.oneof(fc.constantFrom(0n, 1n, 2n), fc.bigInt({ min: 0n, max: 0xffff_ffffn })),
});
const begin = fc.record({
  do: fc.constant('iomap_begin'),
  op: fc.bigInt({ min: 0n, max: 0xffff_ffffn }),
  pos: fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }),
  count: fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }),
  reply: fc.record({ read: mapping, write: mapping }),
});

function executionsOf(steps: object[]): Execution[] {
  const text = minify({ format: 1n, steps } as never);
  const { scenario, problems } = parseDocument(text);
  if (scenario === null) throw new Error(problems[0]?.message);
  return run(core, scenario).executions;
}
const opened = (text: string): Scenario => parseDocument(text).scenario!;

test('C and hexdumps of any reply come back as it', () => {
  fc.assert(
    fc.property(begin, (step) => {
      const [execution] = executionsOf([step]) as [Execution];
      const { read, write } = execution.reply!;
      for (const result of [
        importC(copyAsStructs(execution)!),
        importC(copyAsBeginOut(execution)!),
        importHexdump(copyAsHexdump(execution)!),
      ])
        expect(result).toMatchObject({ ok: true, read, write });
    }),
    { numRuns: 150 },
  );
});

test('the trace of any begins comes back as them', () => {
  fc.assert(
    fc.property(fc.array(begin, { minLength: 1, maxLength: 4 }), (steps) => {
      const executions = executionsOf(steps);
      const result = importTrace(executions.map((execution) => copyAsTrace(execution) ?? '').join(''));
      if (!result.ok) throw new Error(result.message);
      const { steps: back } = opened(result.text);
      const begins = back.filter((step) => step.do === 'iomap_begin');
      expect(begins).toMatchObject(
        executions.map(({ request, reply }, i) => ({
          // The tracepoint prints the flags that the iomap layer gave, not those that fit in the request.
          op: Number(steps[i]!.op),
          pos: request!.pos,
          count: request!.count,
          reply: { read: reply!.read, write: reply!.write },
        })),
      );
    }),
    { numRuns: 150 },
  );
});
