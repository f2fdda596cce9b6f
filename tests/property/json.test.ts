// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readJson } from '#engine/scenario/json.ts';
import { Lines } from '#engine/scenario/lines.ts';
import { minify, pretty } from '#engine/scenario/write.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { scenarioDocument } from './scenario-arbitrary.ts';

const parses = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Text near enough to JSON to be wrong in small ways. */
const nearJson = fc
  .array(
    fc.constantFrom(
      ...'{}[],:"',
      '"a"',
      '"b"',
      '1',
      '-0',
      '01',
      '1.5',
      '.5',
      '-',
      'true',
      'nul',
      ' ',
      '\n',
      '//',
      '\\',
      '\t',
      '\u00a0',
      '\f',
      '/**/',
    ),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(''));

const damaged = fc
  .tuple(scenarioDocument({ maxSteps: 2 }), fc.nat(), fc.nat(3), fc.string({ maxLength: 2 }))
  .map(([document, at, gone, put]) => {
    const text = minify(document);
    const start = at % text.length;
    return text.slice(0, start) + put + text.slice(start + gone);
  });

it('calls broken what JSON.parse refuses, and nothing else', () => {
  fc.assert(
    fc.property(fc.oneof(nearJson, damaged), (text) => {
      expect(readJson(text).broken || readJson(text).root === undefined).toBe(!parses(text));
    }),
    { numRuns: 3000 },
  );
});

it('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = JSON.stringify(value);
      const { root, broken, faults } = readJson(text);
      expect(broken).toBe(false);
      if (faults.length > 0) return;
      const numbers = JSON.stringify(root!.value, (_, item: unknown) =>
        typeof item === 'bigint' ? Number(item) : item,
      );
      expect(JSON.parse(numbers)).toEqual(JSON.parse(text));
    }),
  );
});

it('writes what it reads, wide or narrow', () => {
  fc.assert(
    fc.property(scenarioDocument(), (document) => {
      expect(readJson(minify(document)).root?.value).toEqual(document);
      expect(readJson(pretty(document)).root?.value).toEqual(document);
    }),
  );
});

it('answers whatever the text, with problems that lie in it', () => {
  fc.assert(
    fc.property(fc.oneof(damaged, nearJson, fc.string()), (text) => {
      const { scenario, problems } = parseDocument(text);
      const errors = problems.filter(({ severity }) => severity === 'error');
      expect(scenario === null).toBe(errors.length > 0);
      let last = 0;
      for (const { start, end, line, column, message } of problems) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(message).toMatch(/\.$|\?$/);
        const before = text.slice(0, start).split(/\r\n|\r|\n/);
        expect([line, column]).toEqual([before.length, before.at(-1)!.length + 1]);
        last = start;
      }
    }),
    { numRuns: 1000 },
  );
});

it('knows the line of every offset', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r') }), (text) => {
      const lines = new Lines(text);
      for (let offset = 0; offset <= text.length; offset++) {
        // Between CR and LF the line has not ended yet.
        const cut = text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset;
        const before = text.slice(0, cut).split(/\r\n|\r|\n/);
        expect(lines.at(offset)).toEqual({
          line: before.length,
          column: before.at(-1)!.length + 1 + offset - cut,
        });
      }
    }),
  );
});
