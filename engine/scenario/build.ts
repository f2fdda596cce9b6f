// SPDX-License-Identifier: MIT
/**
 * Building blocks of the schema: valibot's schemas with our own messages, and two that valibot lacks. A leaf knows its
 * canonical spelling. A choice between shapes looks at the input first, so that an error is about the shape that was
 * meant.
 */

import * as v from 'valibot';
import { quoted } from '../kernel/clean.ts';
import { grouped } from '../kernel/digits.ts';
import type { JsonValue } from './json.ts';
import { advice } from './advice-words.ts';
import { didYouMean } from './nearest.ts';

export type Spelling = JsonValue;

type Schema<I, O> = v.BaseSchema<I, O, v.BaseIssue<unknown>>;

interface LeafOptions<I, O> {
  /** Returns undefined for what does not fit. */
  read: (raw: unknown) => O | undefined;
  /** The one canonical way to write the value. */
  spell: (value: O) => Spelling;
  expected: string;
  /** What to write instead, after a blank, where the slip is known. */
  advice?: (raw: unknown) => string | undefined;
  /** Words that may be meant by a misspelt one. */
  words: readonly string[];
  /** The whole message, where "expected …, found …" would not say it. */
  instead?: (raw: unknown) => string | undefined;
  jsonSchema: object;
  description: string;
  /** Type only. */
  input?: I;
}

/** What the other readers of a leaf need: print (`spell`) and the editor's schema (`jsonSchema`). */
export interface LeafMetadata {
  spell: (value: never) => Spelling;
  jsonSchema: object;
}

/** A value that is read as a whole. */
export function leaf<I, O>(options: LeafOptions<I, O>): Schema<I, O> {
  const { read, spell, expected, words, instead, jsonSchema, description } = options;
  return v.pipe(
    v.custom<I>(() => true),
    v.metadata({ spell, jsonSchema }),
    v.description(description),
    v.rawTransform<I, O>(({ dataset, addIssue, NEVER }) => {
      const value = read(dataset.value);
      if (value !== undefined) return value;
      const raw = dataset.value;
      const better = options.advice?.(raw) || nearestWords(raw, words);
      addIssue({ message: instead?.(raw) ?? describe(expected, raw) + better });
      return NEVER;
    }),
  );
}

/** One of `words`. Output: the word. */
export function oneOf<const W extends string>(words: readonly W[], what = `one of ${words.join(', ')}`) {
  return v.picklist(words, (issue) => describe(what, issue.input) + nearestWords(issue.input, words));
}

/** The words that a wrong one may have meant, after a blank; or nothing. */
const nearestWords = (raw: unknown, words: readonly string[]): string =>
  didYouMean(raw, words) || (advice.beginningAdvice?.(raw, words) ?? '');

export const bool = v.boolean(
  (issue) => describe('true or false', issue.input) + (advice.switchAdvice?.(issue.input) ?? ''),
);

export function text(maxChars: number) {
  return v.pipe(
    v.string((issue) => describe('a string', issue.input)),
    v.maxLength(
      maxChars,
      (issue) =>
        `At most ${grouped(maxChars)} characters fit here; these are ${grouped(issue.input.length)}.`,
    ),
  );
}

/**
 * A schema that knows what it made of an object when it meets the same one again. For parts of a document that
 * stay as they are while another is edited: their values are the same objects then, which nobody changes.
 */
export function remembered<S extends v.GenericSchema>(schema: S): S {
  const known = new WeakMap<object, v.OutputDataset<unknown, v.BaseIssue<unknown>>>();
  return {
    ...schema,
    '~run'(dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>) {
      const input = dataset.value;
      if (typeof input !== 'object' || input === null) return schema['~run'](dataset, config);
      const result = known.get(input) ?? schema['~run'](dataset, config);
      known.set(input, result);
      // Whoever asks adds to the path where the object stands.
      const issues = result.issues?.map((issue) => ({
        ...issue,
        ...(issue.path && { path: [...issue.path] }),
      }));
      return { ...result, ...(issues && { issues }) };
    },
  };
}

/**
 * A closed object. That it has unknown keys is all that the schema says of them: unknown-keys.ts names each. To valibot
 * an array is an object too; here it is not.
 */
export function object<const E extends v.ObjectEntries>(entries: E, expected = 'an object') {
  const closed = v.strictObject(entries, (issue) => {
    const at = issue.path?.at(-1);
    if (at?.origin !== 'key') return describe(expected, issue.input);
    return `The key ${issue.expected} is missing.${about(entries[String(at.key)])}`;
  });
  const list = v.never((issue) => describe(expected, issue.input));
  const chosen = v.lazy((input): Schema<unknown, unknown> => (Array.isArray(input) ? list : closed));
  return { ...chosen, type: closed.type, entries } as unknown as typeof closed;
}

function about(entry: Schema<unknown, unknown> | undefined): string {
  const words = entry === undefined ? undefined : v.getDescription(entry as v.GenericSchema);
  return words ? ` Its meaning: ${words}` : '';
}

/**
 * A schema of many parts that looks at none of them if they are more than fit: then that alone is told. What is
 * wrong in each of a million steps is work for nobody.
 */
function countedFirst<S extends v.GenericSchema>(schema: S, maxParts: number): S {
  const tooMany = v.custom<never>(
    () => false,
    ({ input }) => `At most ${grouped(maxParts)} fit here; these are ${grouped(partsOf(input))}.`,
  );
  return {
    ...schema,
    '~run'(dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>) {
      const chosen = partsOf(dataset.value) <= maxParts ? schema : tooMany;
      return chosen['~run'](dataset, config);
    },
  };
}

function partsOf(input: unknown): number {
  if (Array.isArray(input)) return input.length;
  return typeof input === 'object' && input !== null ? Object.keys(input).length : 0;
}

/** An object whose keys are names of the author's choice. */
export function record<K extends Schema<string, string>, V extends Schema<unknown, unknown>>(
  keys: K,
  values: V,
  maxEntries: number,
) {
  const entries = countedFirst(
    v.pipe(
      v.record(keys, values, (issue) => describe('an object', issue.input)),
      v.maxEntries(maxEntries),
    ),
    maxEntries,
  );
  // To valibot a list is a record whose keys are numbers.
  const list = v.never((issue) => describe('an object', issue.input) + (advice.LIST ?? ''));
  return {
    ...entries,
    '~run'(dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>) {
      return (Array.isArray(dataset.value) ? list : entries)['~run'](dataset, config);
    },
  } as typeof entries;
}

export function array<S extends Schema<unknown, unknown>>(item: S, maxItems: number) {
  return countedFirst(
    v.pipe(
      v.array(item, (issue) => describe('a list', issue.input)),
      v.maxLength(maxItems),
    ),
    maxItems,
  );
}

interface ListOptions<I, O> {
  item: Schema<I, O>;
  maxItems: number;
  join: (items: O[]) => O;
  spell: (value: O) => Spelling;
  description: string;
}

/** A list of items that are joined into one value, or one item alone. */
export function list<I, O>({
  item,
  maxItems,
  join,
  spell,
  description,
}: ListOptions<I, O>): Schema<I | I[], O> {
  const many = v.pipe(array(item, maxItems), v.transform(join));
  return v.pipe(
    choice([many, item], (input) => (Array.isArray(input) ? many : item)),
    v.metadata({ spell }),
    v.description(description),
  );
}

/** One of several shapes; `choose` looks at the input and says which was meant. */
export function choice<S extends Schema<unknown, unknown>>(
  options: readonly S[],
  choose: (input: unknown) => Schema<unknown, unknown>,
): Schema<v.InferInput<S>, v.InferOutput<S>> {
  return { ...v.lazy(choose as (input: unknown) => S), type: 'choice', options } as unknown as Schema<
    v.InferInput<S>,
    v.InferOutput<S>
  >;
}

/** One of several objects, told apart by the word under the key `tag`. */
export function tagged<S extends Schema<unknown, unknown> & { entries: v.ObjectEntries }>(
  tag: string,
  options: readonly S[],
) {
  const byWord = new Map<unknown, S>();
  for (const option of options) for (const word of wordsOf(option.entries[tag])) byWord.set(word, option);
  const none = v.looseObject({ [tag]: oneOf([...byWord.keys()] as string[]) }, (issue) =>
    issue.path === undefined
      ? describe('an object', issue.input)
      : `The key "${tag}" is missing.${advice.tagAdvice?.(tag, issue.path.at(-1)?.input) ?? ''}`,
  );
  return choice(options, (input) => {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) return options[0]!;
    return byWord.get((input as Record<string, unknown>)[tag]) ?? none;
  });
}

function wordsOf(schema: unknown): readonly unknown[] {
  const { options, literal } = schema as { options?: readonly unknown[]; literal?: unknown };
  return options ?? [literal];
}

/** `Expected a list, found "x".` */
export function describe(expected: string, input: unknown): string {
  return `Expected ${expected}, found ${found(input)}.`;
}

function found(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object' && input !== null) return 'an object';
  return typeof input === 'string' ? quoted(input) : String(input);
}

/** A schema with the words that an editor shows for it. */
export function described<S extends v.GenericSchema>(schema: S, words: string) {
  return v.pipe(schema, v.description(words));
}
