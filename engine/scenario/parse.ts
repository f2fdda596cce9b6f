// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import * as v from 'valibot';
import { hasAnswers } from './answers.ts';
import { blocksInBytes } from './blocks.ts';
import {
  MAX_FAULTS,
  memberOf,
  nodeAt,
  readJson,
  type Extent,
  type JsonNode,
  type JsonText,
  type JsonValue,
  type Path,
} from './json.ts';
import { markLeftOut } from './left-out.ts';
import { Lines } from './lines.ts';
import type { Problem } from './problem.ts';
import { Unread, checkReferences } from './references.ts';
import { CAPS, scenarioSchema, type Scenario } from './schema.ts';
import { shapeOf } from './shape.ts';
import { isUnknownKey, unknownKeys } from './unknown-keys.ts';
import { upgradeDocument } from './upgrade.ts';

/** A place in the text: UTF-16 offsets, end exclusive; line and column of the start, from 1. */
export interface Span extends Extent {
  line: number;
  column: number;
}

export interface ParsedDocument {
  text: string;
  /** The document, integers as bigint; null if the text is not JSON. */
  value: JsonValue;
  /** Null if any problem is an error. */
  scenario: Scenario | null;
  /** In the order of their places, the first MAX_PROBLEMS. */
  problems: Problem[];
  /** Where the value at a path stands; null if it isn't in the text. */
  locate(path: Path): Span | null;
  /** How the text was read: what editing and reading an edited text go on from. */
  json: JsonText;
}

export const MAX_PROBLEMS = MAX_FAULTS;
/** Text that may be a number of blocks, `"4b"`: without any, none is looked for. */
const BLOCKS = /[0-9]b"/i;

/** A problem that isn't yet placed in the text. `onKey`: the key is at fault, not its value. */
export interface Finding {
  severity: Problem['severity'];
  /** A function where the words cost something: only the first MAX_PROBLEMS are told. */
  message: string | (() => string);
  path: (string | number)[];
  onKey?: boolean;
}

/**
 * Reads a scenario document. Pure and total: whatever the text, the answer says what can be used of it and
 * what is wrong, each problem with its place.
 *
 * @param source the text, or how it was read already. What both have in common with a document before (see
 *   rereadJson) isn't checked again.
 */
export function parseDocument(source: string | JsonText): ParsedDocument {
  const json = typeof source === 'string' ? readText(source) : source;
  const { text, broken, faults } = json;
  const lines = new Lines(text);
  const place = (extent: Extent): Span => ({
    start: extent.start,
    end: extent.end,
    ...lines.at(extent.start),
  });
  const locate = (path: Path): Span | null => {
    const node = nodeAt(json.root, path);
    return node === undefined ? null : place(node);
  };
  const problems: Problem[] = faults.map((fault) => ({
    severity: 'error',
    message: fault.message,
    path: fault.path ?? pathTo(json.root, fault.start),
    ...place(fault),
  }));
  const root = broken ? undefined : json.root;
  const value = root?.value ?? null;
  if (root === undefined) return { text, value, scenario: null, problems, locate, json };

  const { scenario, findings } = validate(value, BLOCKS.test(text));
  const faulty = new Set(faults.map((fault) => fault.start));
  const placed = findings
    .map((finding) => ({ finding, extent: extentOf(root, finding) }))
    .filter(({ extent }) => !faulty.has(extent.start))
    .sort((a, b) => a.extent.start - b.extent.start);
  for (const { finding, extent } of placed.slice(0, MAX_PROBLEMS)) {
    const { severity, message, path } = finding;
    const words = typeof message === 'string' ? message : message();
    problems.push({ severity, message: words, path, ...place(extent) });
  }
  problems.sort((a, b) => a.start - b.start).splice(MAX_PROBLEMS);
  const usable = !problems.some((problem) => problem.severity === 'error');
  return { text, value, scenario: usable ? scenario : null, problems, locate, json };
}

/** As readJson(), for texts that are not too long. */
export function readText(text: string): JsonText {
  if (text.length <= CAPS.textChars) return readJson(text);
  const message = `At most ${grouped(CAPS.textChars)} characters are read; these are ${grouped(text.length)}.`;
  const fault = { start: 0, end: text.length, message, path: [] };
  return { text, root: undefined, broken: true, faults: [fault] };
}

/** @param hasBlocks whether a number of blocks may be in it */
function validate(value: JsonValue, hasBlocks: boolean): { scenario: Scenario | null; findings: Finding[] } {
  const upgraded = upgradeDocument(value);
  if ('message' in upgraded) {
    const at = typeof value === 'object' && value !== null && 'format' in value ? ['format'] : [];
    return { scenario: null, findings: [{ severity: 'error', message: upgraded.message, path: at }] };
  }
  const plain = hasBlocks ? blocksInBytes(upgraded.value) : upgraded.value;
  const result = v.safeParse(scenarioSchema, plain);
  if (result.success) {
    if (hasAnswers(result.output)) markLeftOut(result.output, plain);
    return { scenario: result.output, findings: checkReferences(result.output) };
  }
  const unread = new Unread(plain, result.issues);
  // What could be read of it is there, beside what could not.
  const references = checkReferences(result.output as Scenario, unread);
  const issues = result.issues.filter((issue) => !isUnknownKey(issue)).map(findingOf);
  const unknown = unknownKeys(shapeOf(scenarioSchema), plain);
  return { scenario: null, findings: [...issues, ...unknown, ...references] };
}

function findingOf(issue: v.BaseIssue<unknown>): Finding {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  const last = issue.path?.at(-1);
  const missing = last?.origin === 'key' && issue.input === undefined;
  if (missing) path.pop();
  return { severity: 'error', message: issue.message, path, onKey: last?.origin === 'key' && !missing };
}

/** The place a finding marks: a key, a value, or the nearest thing around it that is in the text. */
function extentOf(root: JsonNode, { path, onKey }: Finding): Extent {
  if (onKey) {
    const parent = nodeAt(root, path.slice(0, -1));
    const key = parent && memberOf(parent, String(path.at(-1)))?.key;
    if (key !== undefined) return key;
  }
  for (let length = path.length; length > 0; length--) {
    const node = nodeAt(root, path.slice(0, length));
    if (node !== undefined) return node;
  }
  return root;
}

/** The path of the innermost value or key at an offset. */
function pathTo(root: JsonNode | undefined, offset: number): (string | number)[] {
  const path: (string | number)[] = [];
  let node = root;
  while (node !== undefined) {
    const { members, items }: JsonNode = node;
    const member = members?.[lastBefore(members.length, (i) => members[i]!.key.start, offset)];
    const index = items === undefined ? -1 : lastBefore(items.length, (i) => items[i]!.start, offset);
    if (member !== undefined && offset < (member.node ?? member.key).end) {
      path.push(member.name);
      node = member.node;
    } else if (index >= 0 && offset < items![index]!.end) {
      path.push(index);
      node = items![index];
    } else break;
  }
  return path;
}

/** The index of the last of `count` places, ascending, that is not after an offset; -1 for none. */
function lastBefore(count: number, startOf: (index: number) => number, offset: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(middle) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
