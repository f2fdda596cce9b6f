// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { difference } from '#engine/scenario/difference.ts';
import { readJson, type JsonNode, type JsonText, type JsonValue } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { rereadJson } from '#engine/scenario/reread.ts';
import { minify, pretty } from '#engine/scenario/write.ts';
import { scenarioDocument } from './scenario-arbitrary.ts';

interface Typed {
  at: number;
  gone: number;
  put: string;
}

/** What one types into a document: much of it wrong for a while. */
const typed: fc.Arbitrary<Typed> = fc.record({
  at: fc.nat(),
  gone: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(4), fc.nat(60)),
  put: fc.oneof(
    fc.constantFrom('', ' ', '\n', '"', '{', '}', '[', ']', ',', ':', '1', '-', '\\', '1.5', 'e'),
    fc.constantFrom('"do"', '"a":1,', ',"a":1', '{},', ', {}', '"x"', '}, {', '], [', '"__proto__":1,', '//'),
    fc.string({ maxLength: 2 }),
  ),
});

const type = (text: string, { at, gone, put }: Typed) => {
  const start = at % (text.length + 1);
  return text.slice(0, start) + put + text.slice(start + gone);
};

const written = fc
  .tuple(
    scenarioDocument({ maxSteps: 4 }),
    fc.constantFrom(minify, (value: JsonValue) => `${pretty(value)}\n`),
  )
  .map(([value, write]) => write(value as JsonValue));

/** Everything that a reading says; of one that broke, not what could be read of it. */
const plain = ({ text, root, broken, faults }: JsonText) => ({
  text,
  broken,
  faults,
  root: broken || root === undefined ? null : nodes(root),
});

function nodes({ start, end, value, members, items }: JsonNode): object {
  return {
    start,
    end,
    value,
    members: members?.map(({ name, key, node }) => ({ name, key, node: node && nodes(node) })),
    items: items?.map(nodes),
  };
}

it('says of an edited text what reading all of it says, edit after edit', () => {
  fc.assert(
    fc.property(written, fc.array(typed, { minLength: 1, maxLength: 8 }), (first, edits) => {
      let text = first;
      let json = readJson(text);
      for (const edit of edits) {
        text = type(text, edit);
        json = rereadJson(json, text);
        expect(plain(json)).toEqual(plain(readJson(text)));
      }
    }),
    { numRuns: 300 },
  );
});

it('says of an edited document what parsing all of it says', () => {
  fc.assert(
    fc.property(written, fc.array(typed, { minLength: 1, maxLength: 4 }), (first, edits) => {
      let text = first;
      let parsed = parseDocument(text);
      for (const edit of edits) {
        text = type(text, edit);
        parsed = parseDocument(rereadJson(parsed.json, text));
        const whole = parseDocument(text);
        const { value, scenario, problems } = whole;
        expect(parsed).toMatchObject({ text, value, scenario, problems });
        const path = ['steps', 1, 'do'];
        if (value !== null) expect(parsed.locate(path)).toEqual(whole.locate(path));
      }
    }),
  );
});

it('takes over what lies beside an edit, as the same values', () => {
  fc.assert(
    fc.property(scenarioDocument({ maxSteps: 6 }), fc.nat(), (value, which) => {
      const steps = (value as { steps: JsonValue[] }).steps;
      fc.pre(steps.length > 1);
      const before = parseDocument(pretty(value as JsonValue));
      const step = which % steps.length;
      const { start } = before.locate(['steps', step])!;
      const text = type(before.text, { at: start + 1, gone: 0, put: ' ' });
      const after = parseDocument(rereadJson(before.json, text));
      const of = (parsed: typeof before, i: number) => (parsed.value as { steps: JsonValue[] }).steps[i];
      for (let i = 0; i < steps.length; i++) {
        if (i === step) continue;
        expect(of(after, i)).toBe(of(before, i));
        if (after.scenario && before.scenario) expect(after.scenario.steps[i]).toBe(before.scenario.steps[i]);
      }
    }),
  );
});

it('finds the one stretch in which two long texts differ', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.nat(5000), fc.string(), fc.string(), (head, tail, from, to) => {
      const around = (middle: string) => 'a'.repeat(head) + middle + 'b'.repeat(tail);
      const { start, removed, inserted } = difference(around(from), around(to));
      const text = around(from);
      expect(text.slice(0, start) + inserted + text.slice(start + removed.length)).toBe(around(to));
      const ends = (word: string) => [word[0], word.at(-1)];
      if (removed && inserted) {
        expect(ends(removed)[0]).not.toBe(ends(inserted)[0]);
        expect(ends(removed)[1]).not.toBe(ends(inserted)[1]);
      }
    }),
  );
});
