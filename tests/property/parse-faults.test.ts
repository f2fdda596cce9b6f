// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { minify } from '#engine/scenario/write.ts';
import { scenarioDocument } from './scenario-arbitrary.ts';

const junk = fc.constantFrom<JsonValue>(
  null,
  true,
  3n,
  -1n,
  'x',
  '',
  [],
  {},
  [null],
  [[]],
  { a: null },
  { '3': 'x' },
);

/** The document with the value at one of its places, the `at`-th, exchanged. */
function exchanged(document: JsonValue, at: number, value: JsonValue): JsonValue {
  let left = at % count(document);
  const go = (node: JsonValue): JsonValue => {
    if (left-- === 0) return value;
    if (Array.isArray(node)) return node.map(go);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, go(item)]));
  };
  return go(document);
}

function count(node: JsonValue): number {
  if (typeof node !== 'object' || node === null) return 1;
  return Object.values(node).reduce((sum: number, item) => sum + count(item as JsonValue), 1);
}

test('whatever stands in the place of a value, problems are told, and each once', () => {
  fc.assert(
    fc.property(
      scenarioDocument(),
      fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 3 }),
      (document, all) => {
        const broken = all.reduce<JsonValue>((sum, [at, value]) => exchanged(sum, at, value), document);
        const { scenario, problems } = parseDocument(minify(broken));
        expect(scenario === null).toBe(problems.some(({ severity }) => severity === 'error'));
        const told = problems.map(({ message, start }) => `${start} ${message}`);
        expect(new Set(told).size).toBe(told.length);
      },
    ),
    { numRuns: 400 },
  );
});

test('a name that nothing has is told beside any other fault', () => {
  fc.assert(
    fc.property(scenarioDocument(), fc.nat(), junk, (document, at, value) => {
      const steps = document['steps'] as JsonValue[];
      const lost = { do: 'iomap_begin', inode: 'nobody.has.this' };
      const broken = exchanged({ steps }, at, value) as { steps?: JsonValue } | null;
      fc.pre(Array.isArray(broken?.steps) && broken.steps.length < 100);
      const { problems } = parseDocument(
        minify({ ...document, steps: [...(broken!.steps as JsonValue[]), lost] }),
      );
      expect(
        problems.some(({ message }) => message.includes('No inode has the name "nobody.has.this"')),
      ).toBe(true);
    }),
    { numRuns: 200 },
  );
});
