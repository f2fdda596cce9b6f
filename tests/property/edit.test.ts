// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  copyStep,
  editDocument,
  insertStep,
  moveStep,
  removeStep,
  type Edited,
} from '#engine/scenario/edit.ts';
import { readJson, type JsonNode, type JsonValue, type Path } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { minify, pretty } from '#engine/scenario/write.ts';
import { scenarioDocument } from './scenario-arbitrary.ts';

/** Blanks to put between tokens, taken in turn. */
const blanks = fc.array(fc.constantFrom('', ' ', '\n', '  ', '\t', '\r\n', '\n    '), {
  minLength: 1,
  maxLength: 12,
});

/** JSON written by somebody with no settled habits. */
function written(value: JsonValue, gaps: string[]): string {
  let i = 0;
  const gap = () => gaps[i++ % gaps.length]!;
  const write = (item: JsonValue): string => {
    if (Array.isArray(item)) return `[${gap()}${item.map(write).join(`${gap()},${gap()}`)}${gap()}]`;
    if (typeof item !== 'object' || item === null) return minify(item);
    const members = Object.entries(item).map(
      ([name, inner]) => `${JSON.stringify(name)}${gap()}:${gap()}${write(inner)}`,
    );
    return `{${gap()}${members.join(`${gap()},${gap()}`)}${gap()}}`;
  };
  return gap() + write(value) + gap();
}

const layouts = fc.oneof(
  blanks.map((gaps) => (value: JsonValue) => written(value, gaps)),
  fc.constantFrom(minify, (value: JsonValue) => `${pretty(value)}\n`),
);

const document = fc
  .tuple(scenarioDocument({ maxSteps: 5 }), layouts)
  .map(([value, write]) => ({ value: value as JsonValue, text: write(value) }));

const small: fc.Arbitrary<JsonValue> = fc.letrec<{ json: JsonValue }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }),
    fc.string(),
    fc.constantFrom(null, true, false),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie('json'), { maxKeys: 3 }),
  ),
})).json;

/** Every path of a value, the value's own first. */
function paths(value: JsonValue, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inside = Array.isArray(value)
    ? value.flatMap((item, i) => paths(item, [...at, i]))
    : Object.entries(value).flatMap(([name, item]) => paths(item, [...at, name]));
  return [at, ...inside];
}

function get(value: JsonValue, path: Path): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (here, step) =>
      typeof here === 'object' && here !== null ? (here as Record<string, JsonValue>)[step] : undefined,
    value,
  );
}

/** What the edit means, done on the value. */
function model(value: JsonValue, path: Path, put: JsonValue | undefined): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return put === undefined ? value : put;
  const fits =
    typeof step === 'number' ? Array.isArray(value) : typeof value === 'object' && !Array.isArray(value);
  if (put === undefined && (!fits || get(value, [step]) === undefined)) return value;
  if (typeof step === 'number') {
    const items = fits ? [...(value as JsonValue[])] : [];
    const index = Math.min(step, items.length);
    if (rest.length === 0 && put === undefined) items.splice(index, 1);
    else items[index] = model(items[index] ?? null, rest, put);
    return items;
  }
  const object = fits && value !== null ? { ...(value as Record<string, JsonValue>) } : {};
  if (rest.length === 0 && put === undefined) delete object[step];
  else object[step] = model(object[step] ?? null, rest, put);
  return object;
}

function apply(text: string, { changes }: Edited): string {
  let result = text;
  for (const { offset, length, content } of changes.toReversed()) {
    result = result.slice(0, offset) + content + result.slice(offset + length);
  }
  return result;
}

/** The texts of all values that are neither at the path, nor around it, nor in it. */
function others(text: string, root: JsonNode, path: Path): string[] {
  const collect = (node: JsonNode, rest: Path | null): string[] => {
    if (rest === null) return [text.slice(node.start, node.end)];
    if (rest.length === 0) return [];
    const inner = (step: string | number) => (step === rest[0] ? rest.slice(1) : null);
    if (node.items) return node.items.flatMap((item, i) => collect(item, inner(i)));
    return (node.members ?? []).flatMap(({ name, key, node: item }) => [
      text.slice(key.start, key.end),
      ...(item ? collect(item, inner(name)) : []),
    ]);
  };
  return collect(root, path);
}

function holds(text: string, edited: Edited): void {
  expect(apply(text, edited)).toBe(edited.text);
  for (let i = 1; i < edited.changes.length; i++) {
    const { offset, length } = edited.changes[i - 1]!;
    expect(edited.changes[i]!.offset).toBeGreaterThanOrEqual(offset + length);
  }
}

describe('editDocument', () => {
  it('sets a value that is there, and leaves all other text as it was', () => {
    fc.assert(
      fc.property(document, fc.nat(), small, ({ value, text }, pick, put) => {
        const all = paths(value);
        const path = all[pick % all.length]!;
        const edited = editDocument(text, [{ path, value: put }]);
        holds(text, edited);
        expect(readJson(edited.text).root?.value).toEqual(model(value, path, put));
        expect(others(edited.text, readJson(edited.text).root!, path)).toEqual(
          others(text, readJson(text).root!, path),
        );
      }),
    );
  });

  it('removes a value with its key and one comma', () => {
    fc.assert(
      fc.property(document, fc.nat(), ({ value, text }, pick) => {
        const all = paths(value).slice(1);
        const path = all[pick % all.length]!;
        const edited = editDocument(text, [{ path, value: undefined }]);
        holds(text, edited);
        expect(readJson(edited.text).faults).toEqual([]);
        expect(readJson(edited.text).root?.value).toEqual(model(value, path, undefined));
      }),
    );
  });

  it('adds a key or an item, making what is missing on the way', () => {
    const tail = fc.array(fc.oneof(fc.stringMatching(/^[a-z]{1,6}$/), fc.constant(0)), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(document, fc.nat(), tail, small, ({ value, text }, pick, more, put) => {
        const all = paths(value);
        const path = [...all[pick % all.length]!, ...more];
        const edited = editDocument(text, [{ path, value: put }]);
        holds(text, edited);
        expect(readJson(edited.text).faults).toEqual([]);
        expect(readJson(edited.text).root?.value).toEqual(model(value, path, put));
      }),
    );
  });

  it('makes several edits one transaction', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.option(small, { nil: undefined })), {
      minLength: 2,
      maxLength: 5,
    });
    fc.assert(
      fc.property(document, edits, ({ value, text }, list) => {
        const all = paths(value).slice(1);
        const made = list.map(([pick, put]) => ({ path: all[pick % all.length]!, value: put }));
        const edited = editDocument(text, made);
        holds(text, edited);
        const wanted = made.reduce((now, edit) => model(now, edit.path, edit.value), value);
        expect(readJson(edited.text).root?.value).toEqual(wanted);
      }),
    );
  });
});

describe('steps', () => {
  /** Steps that carry their own number as a note, and the note of the step that each `of`, and `show`, names. */
  function links(text: string): { notes: string[]; names: Record<string, string | undefined> } {
    const document = parseDocument(text).value as { show?: JsonValue; steps: Record<string, JsonValue>[] };
    const { steps, show } = document;
    const notes = steps.map((step) => String(step['note']));
    const names = Object.fromEntries([
      ...(show === undefined ? [] : [['show', notes[Number(show)]]]),
      ...steps.flatMap((step) => ('of' in step ? [[step['note'], notes[Number(step['of'])]]] : [])),
    ]);
    return { notes, names };
  }

  const numbered = fc
    .tuple(fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), fc.nat(), fc.boolean(), layouts)
    .map(([picks, shown, after, write]) => {
      const steps = picks.map((pick, i): JsonValue =>
        i === 0 || pick % 3 === 0
          ? { do: 'iomap_begin', note: `s${i}` }
          : {
              do: 'iomap_end',
              of: pick % 2 ? BigInt(pick % i) : `0x${(pick % i).toString(16)}`,
              note: `s${i}`,
            },
      );
      const show: Record<string, JsonValue> = shown % 3 === 0 ? {} : { show: BigInt(shown % steps.length) };
      const text = write(after ? { format: 1n, steps, ...show } : { format: 1n, ...show, steps });
      return { text, count: steps.length };
    });

  it('moves a step, and every `of` names the same step as before', () => {
    fc.assert(
      fc.property(numbered, fc.nat(), fc.nat(), ({ text, count }, a, b) => {
        const [from, to] = [a % count, b % count];
        const before = links(text);
        const edited = moveStep(text, from, to);
        holds(text, edited);
        const after = links(edited.text);
        const wanted = [...before.notes];
        wanted.splice(to, 0, ...wanted.splice(from, 1));
        expect(after).toEqual({ notes: wanted, names: before.names });
      }),
    );
  });

  it('inserts a step', () => {
    fc.assert(
      fc.property(numbered, fc.nat(), ({ text, count }, a) => {
        const at = a % (count + 1);
        const before = links(text);
        const edited = insertStep(text, at, { do: 'unmount', note: 'new' });
        holds(text, edited);
        expect(links(edited.text)).toEqual({
          notes: before.notes.toSpliced(at, 0, 'new'),
          names: before.names,
        });
      }),
    );
  });

  it('copies a step', () => {
    fc.assert(
      fc.property(numbered, fc.nat(), ({ text, count }, a) => {
        const at = a % count;
        const before = links(text);
        const edited = copyStep(text, at);
        holds(text, edited);
        const after = links(edited.text);
        expect(after.notes).toEqual(before.notes.toSpliced(at, 0, before.notes[at]!));
        expect(after.names).toEqual(before.names);
      }),
    );
  });

  it('removes a step, and an `of` that named it', () => {
    fc.assert(
      fc.property(numbered, fc.nat(), ({ text, count }, a) => {
        const at = a % count;
        const before = links(text);
        const gone = before.notes[at]!;
        const edited = removeStep(text, at);
        holds(text, edited);
        const kept = Object.entries(before.names).filter(([note, named]) => note !== gone && named !== gone);
        expect(links(edited.text)).toEqual({
          notes: before.notes.toSpliced(at, 1),
          names: Object.fromEntries(kept),
        });
      }),
    );
  });
});
