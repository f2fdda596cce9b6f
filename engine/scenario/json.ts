// SPDX-License-Identifier: MIT
import { quoted } from '../kernel/clean.ts';
import { advice } from './advice-words.ts';
import { printParseErrorCode, visit, type ParseErrorCode } from 'jsonc-parser';

/** A JSON value whose integers are bigint (as read) or number (as written by code). */
export type JsonValue =
  null | boolean | string | bigint | number | JsonValue[] | { [key: string]: JsonValue };

export type Path = readonly (string | number)[];

/** A place in a text: UTF-16 offsets, end exclusive. */
export interface Extent {
  start: number;
  end: number;
}

/** One value of a text with its place; `members` of an object and `items` of an array in their order. */
export interface JsonNode extends Extent {
  value: JsonValue;
  members?: Member[];
  items?: JsonNode[];
}

export interface Member {
  name: string;
  key: Extent;
  /** Missing only where the text breaks off. */
  node?: JsonNode;
}

export interface JsonFault extends Extent {
  message: string;
  /** Of a fault in the syntax: the innermost value or key that it lies in. */
  path?: (string | number)[];
}

export interface JsonText {
  text: string;
  /** Undefined if there is no value at all; as much as could be read if `broken`. */
  readonly root: JsonNode | undefined;
  /** The text is not JSON. */
  broken: boolean;
  /** It is because of something after its value. */
  afterValue?: boolean;
  faults: JsonFault[];
  /** Of a text with faults: the last one without that it came from by edits. */
  clean?: JsonText;
}

/** Deeper than any scenario, so that hostile nesting can't exhaust the stack. */
export const MAX_DEPTH = 32;
/** Longer than any 64-bit number: not worth the work of BigInt(). */
const MAX_DIGITS = 40;
/** Faults beside one of the syntax that are kept: more are not reported. */
export const MAX_FAULTS = 200;

class TooDeep extends Error {}

/**
 * Reads strict JSON: no comments, no trailing commas, no duplicate keys, integers only.
 *
 * Of faults in the syntax only the first is reported, and nothing after it, since later ones mostly follow from it.
 * A duplicate key, a number that is not an integer and a reserved key are all reported, and leave the text usable for
 * editing: the first of two equal keys counts, a reserved key is skipped.
 *
 * @param depth how many levels of nesting are around the text
 */
export function readJson(text: string, depth = 0): JsonText {
  const faults: JsonFault[] = [];
  const top: JsonNode = { start: 0, end: 0, value: [], items: [] };
  const open: JsonNode[] = [top];
  let broken = false;
  let afterValue = false;
  const fault = (extent: Extent, message: string): void => {
    if (!broken && faults.length < MAX_FAULTS) faults.push({ ...extent, message });
  };
  const breaks = (fault: JsonFault): void => {
    if (broken) return;
    faults.push({ ...fault, path: pathOf(open, fault.start) });
    afterValue = open.length === 1 && top.items!.length > 0;
    broken = true;
  };

  const put = (value: JsonValue, start: number, length: number): JsonNode => {
    const node: JsonNode = { start, end: start + length, value };
    const parent = open.at(-1)!;
    if (parent.items) {
      parent.items.push(node);
      (parent.value as JsonValue[]).push(value);
    } else {
      const member = parent.members!.at(-1)!;
      member.node = node;
      const object = parent.value as Record<string, JsonValue>;
      if (!reserved(member.name) && !Object.hasOwn(object, member.name)) object[member.name] = value;
    }
    return node;
  };
  const begin = (node: JsonNode, start: number): void => {
    if (open.length + depth > MAX_DEPTH) {
      breaks({ start, end: start + 1, message: `More than ${MAX_DEPTH} levels of nesting.` });
      throw new TooDeep();
    }
    open.push(node);
  };
  const end = (start: number, length: number): void => {
    open.pop()!.end = start + length;
  };

  try {
    visit(
      text,
      {
        onObjectBegin: (start, length) =>
          begin(Object.assign(put({}, start, length), { members: [] }), start),
        onArrayBegin: (start, length) => begin(Object.assign(put([], start, length), { items: [] }), start),
        onObjectEnd: end,
        onArrayEnd: end,
        onObjectProperty: (name, start, length) => {
          const { members, value } = open.at(-1)!;
          const key = { start, end: start + length };
          if (reserved(name)) {
            fault(key, `The word ${quoted(name)} can't be a key.`);
          } else if (Object.hasOwn(value as object, name)) {
            fault(key, `The key ${quoted(name)} is here a second time.`);
          }
          members!.push({ name, key });
        },
        onLiteralValue: (value, start, length) => {
          put(typeof value === 'number' ? number(text, start, length, fault) : value, start, length);
        },
        onError: (code, start, length) => {
          // Only the first is reported: finding its place takes a walk through the blanks before it.
          if (!broken) breaks(syntaxFault(code, text, start, length));
        },
      },
      { disallowComments: true },
    );
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
  }
  return { text, root: top.items![0], broken, afterValue, faults };
}

/** The path of the innermost value or key at an offset, while what is around it is still open. */
function pathOf(open: readonly JsonNode[], offset: number): (string | number)[] {
  const path: (string | number)[] = [];
  for (const node of open) {
    const member = node.members?.at(-1);
    const last = member ? (member.node ?? member.key) : node.items?.at(-1);
    if (last === undefined || (offset >= last.end && !open.includes(last as JsonNode))) break;
    path.push(member ? member.name : node.items!.length - 1);
  }
  // The first of the open ones holds the text's value.
  return path.slice(1);
}

/** The node at a path; undefined if the text has none there. */
export function nodeAt(root: JsonNode | undefined, path: Path): JsonNode | undefined {
  let node = root;
  for (const step of path) {
    if (typeof step === 'number') node = node?.items?.[step];
    else node = node && memberOf(node, step)?.node;
  }
  return node;
}

/** The member of an object that its name stands for: the first of those that have it. */
export function memberOf(node: JsonNode, name: string): Member | undefined {
  const { members } = node;
  if (members === undefined || members.length <= FEW_MEMBERS)
    return members?.find((member) => member.name === name);
  let known = named.get(members);
  if (known === undefined) {
    known = new Map();
    for (const member of members) if (!known.has(member.name)) known.set(member.name, member);
    named.set(members, known);
  }
  return known.get(name);
}

/** Up to this many, a linear search is as quick as making a table. */
const FEW_MEMBERS = 16;
/** The tables of objects with more, so that a question for each of their members walks through them once. */
const named = new WeakMap<readonly Member[], Map<string, Member>>();

/** Names that every JavaScript object has: as a key they would mean something else. */
function reserved(name: string): boolean {
  return name in Object.prototype || name === 'prototype';
}

/** From the digits of the token, never through a double. */
function number(
  text: string,
  start: number,
  length: number,
  fault: (extent: Extent, message: string) => void,
): bigint | number {
  const token = text.slice(start, start + length);
  const extent = { start, end: start + length };
  if (!/^-?[0-9]+$/.test(token)) {
    fault(
      extent,
      `Expected an integer, found ${token.slice(0, MAX_DIGITS)}: fractions and exponents are not read.`,
    );
    return Number(token);
  }
  if (length > MAX_DIGITS) {
    fault(extent, `A number of ${length} digits: no value here has more than 64 bits.`);
    return 0n;
  }
  return BigInt(token);
}

const SYNTAX: Partial<Record<ReturnType<typeof printParseErrorCode>, string>> = {
  InvalidSymbol: 'Only decimal integers, true, false and null stand without double quotes',
  PropertyNameExpected: 'Expected a key in double quotes',
  ValueExpected: 'Expected a value',
  ColonExpected: 'Expected a colon after the key',
  CommaExpected: 'Expected a comma',
  CloseBraceExpected: 'Expected a closing brace "}"',
  CloseBracketExpected: 'Expected a closing bracket "]"',
  EndOfFileExpected: 'Expected the end of the text after the closing brace',
  InvalidCommentToken: 'JSON has no comments; a step has "note", the scenario "notes". Found one',
  UnexpectedEndOfString: 'Expected a closing quotation mark on the same line',
  UnexpectedEndOfNumber: 'Expected another digit',
  InvalidUnicode: 'Expected four hex digits after \\u',
  InvalidEscapeCharacter: 'Expected one of " \\ / b f n r t u after a backslash',
  InvalidCharacter: 'A control character can stand in a string only as an escape such as \\t',
};

/** The first fault of the syntax, where it is best seen: a comma too many, not the bracket after it. */
function syntaxFault(code: ParseErrorCode, text: string, start: number, length: number): JsonFault {
  const words = SYNTAX[printParseErrorCode(code)] ?? SYNTAX.InvalidSymbol!;
  if (text.charCodeAt(start) === 0xfeff) {
    return { start, end: start + 1, message: 'The text begins with a byte order mark; save it without.' };
  }
  const comma = text.slice(0, start).trimEnd().length - 1;
  if (text[comma] === ',' && /[\]}]/.test(text[start] ?? '')) {
    return {
      start: comma,
      end: comma + 1,
      message: 'A comma can stand only between two, not after the last.',
    };
  }
  const number = advice.zeroFault?.(text, start);
  if (number) return number;
  const ends = start >= text.length ? '; the text ends here' : '';
  return { start, end: start + length, message: `${words}${ends}.` };
}
