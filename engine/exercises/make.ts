// SPDX-License-Identifier: MIT
/** Makes the file of an exercise of a scenario that is right: the reader finds other values in some of its fields. */
import { edited } from '../lessons/documents.ts';
import { pointerOf } from '../lessons/pointer.ts';
import { at, isObject, type JsonObject, type JsonValue } from '../scenario/path.ts';
import { parseDocument } from '../scenario/parse.ts';
import { minify } from '../scenario/write.ts';

type Path = readonly (string | number)[];

/** A field that may be edited, and what the reader finds in it; undefined for one that is left out. */
export interface Opened {
  path: Path;
  found: JsonValue | undefined;
}

export interface Parts {
  title: string;
  /** Paragraphs, a blank line between them. */
  text: string;
  task: string;
  /** The scenario, as it is right. */
  document: string;
  /** Index of the step that the goal looks at. */
  step: number;
  opened: readonly Opened[];
  /** An expectation of that step. */
  goal: JsonObject;
  nothingRefused: boolean;
  hints: readonly { when: JsonObject; text: string }[];
  /** Whether the reader may have the solution shown. */
  withSolution: boolean;
}

/** Keys of a step that no exercise hands on: they tell what comes out. */
const TELLING = ['expect', 'expectOn', 'note'];
/** Keys of a step that can't be edited in an exercise. */
const FIXED = [...TELLING, 'do'];
/** Fields of a mapping, which may be left out. */
const MAPPING = ['offset', 'length', 'addr', 'type', 'flags', 'dev'];

/** The exercise as JSON; it is for `readExercise` to say what is wrong with it. Null if the document is not JSON. */
export function exerciseFile(parts: Parts): JsonObject | null {
  const right = parseDocument(parts.document).value;
  if (!isObject(right)) return null;
  const { opened, step, goal, withSolution } = parts;
  const steps = (Array.isArray(right['steps']) ? right['steps'] : []).map(without(TELLING));
  const { format: _, title: __, notes: ___, ...rest } = right;
  const whole = edited(
    parts.document,
    opened.map(({ path, found }) => ({ path: [...path], value: found })),
  );
  const spoilt = parseDocument(whole).value;
  const spoiltSteps = at(spoilt, ['steps']);
  const kernel = isObject(right['kernel']) ? right['kernel'] : {};
  const solution = opened.map(({ path }) => {
    const value = at(right, path);
    return { path: pointerOf(path), ...(value === undefined ? {} : { value }) };
  });
  return {
    exercise: 1n,
    id: 'in-a-link',
    title: parts.title.trim(),
    difficulty: 1n,
    revision: parseDocument(parts.document).scenario?.kernel.revision ?? kernel['revision'] ?? '',
    text: paragraphs(parts.text),
    task: parts.task.trim(),
    start: {
      ...rest,
      steps: Array.isArray(spoiltSteps) ? spoiltSteps.map(without(TELLING)) : steps,
    },
    show: BigInt(firstOpened(opened) ?? step),
    edit: opened.map(({ path }) => pointerOf(path)),
    goal: [{ step: BigInt(step), expect: goal }],
    ...(parts.nothingRefused ? { nothingRefused: true } : {}),
    ...(parts.hints.length > 0
      ? { hints: parts.hints.map(({ when, text }) => ({ when: { step: BigInt(step), expect: when }, text })) }
      : {}),
    ...(withSolution ? { solution } : {}),
  };
}

/** The step of the first field that may be edited, which the solver then sees first; null if none is in a step. */
const firstOpened = (opened: readonly Opened[]): number | null => {
  const steps = opened.flatMap(({ path: [list, index] }) =>
    list === 'steps' && typeof index === 'number' ? [index] : [],
  );
  return steps.length > 0 ? Math.min(...steps) : null;
};

const paragraphs = (text: string) =>
  text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter(Boolean);

const without =
  (keys: readonly string[]) =>
  (value: JsonValue): JsonValue =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))
      : value;

/** How many fields are offered at most. */
const MOST_FIELDS = 200;

/** The fields of a scenario's steps that a teacher can let be edited: what is written, and every field of a mapping. */
export function editableFields(document: JsonValue | undefined): Path[] {
  const found: Path[] = [];
  const steps = at(document, ['steps']);
  (Array.isArray(steps) ? steps : []).forEach((step, i) => {
    if (!isObject(step)) return;
    for (const key of Object.keys(step))
      if (!FIXED.includes(key)) leaves(step[key]!, ['steps', i, key], found);
  });
  return found.slice(0, MOST_FIELDS);
}

function leaves(value: JsonValue, path: Path, found: Path[]): void {
  const last = path.at(-1);
  if (isObject(value)) {
    const names = last === 'read' || last === 'write' ? MAPPING : [];
    for (const key of new Set([...names, ...Object.keys(value)])) {
      const inner = value[key];
      if (inner === undefined) found.push([...path, key]);
      else leaves(inner, [...path, key], found);
    }
  } else if (Array.isArray(value) && value.some(isObject))
    value.forEach((one, i) => leaves(one, [...path, i], found));
  else found.push(path);
}

/** The file as text. */
export const documentText = (file: JsonValue): string => minify(file);
