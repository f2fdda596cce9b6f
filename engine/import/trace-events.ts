// SPDX-License-Identifier: MIT
import { MAP_FLAGS, OP_FLAGS, TYPES } from '../run/tracepoints.ts';
import type { Numbering } from '../kernel/codes.ts';
import { FUSE_IOMAP_TYPE, IOMAP_OP, type NameTable } from '../kernel/names.ts';
import type { WireMapping } from '../run/types.ts';
import { parseNumeral } from '../scenario/integers.ts';
import type { PlainLine } from '../mail/quotes.ts';

/** One line of an ftrace log that is about fuse-iomap. */
export interface TraceEvent {
  /** `begin`, `read_map`, `write_map`, `begin_error`, `end`, `end_error`, `bad_data`, `backing_open`, … */
  name: string;
  /** The task's number, '' without one: lines of one task belong together. */
  pid: string;
  line: number;
  /** The words after the event's name: names, each with its value after it. */
  words: readonly string[];
}

/** What every event begins with. */
const PREFIX = 'fuse_';
const EVENT =
  /\bfuse_(?:iomap_(begin|begin_error|read_map|write_map|end|end_error|bad_data)|(backing_open))\s*:/y;
const OTHER_EVENT = /\bfuse_\w+\s*:/y;
/**
 * What stands before an event, and the number of its task: `fio-1234 ( 1230) [002] d..2.  56.789012: ` of trace_pipe
 * and trace-cmd, whatever the clock, `fio-1234  2d..2.  123us+: ` in latency format, `fio  1230/1234 [002] 56.789:
 * fuse:` of perf script.
 */
const TASK =
  /(?:[-\s/]|^)(\d{1,10})\s+(?:\(\s*[-\d]+\)\s+)?(?:\[\d{1,5}\]|\d{1,5}[.A-Za-z#][.\dA-Za-z#]{2,8})\s[^]{0,80}:\s*(?:\([-+\d.a-z]+\)\s*)?(?:\w+:)?\s*$/;
/** What a cpu has in it, as TASK wants it: a cheap test before that. */
const CPU = /[[.#A-Za-z]/;
/** Without the cpu: perf script -F without it. */
const BARE = /\s(\d{1,10})\s+\d+\.\d+:\s+(?:\w+:)?\s*$/;
/** Longer than what stands before an event, and the line above. */
const HEAD_CHARS = 300;
/** Longer than any event with all its flags. */
const FIELDS_CHARS = 700;

/** The events in a log, in order. Lines may have been wrapped: an event reaches to the next. */
export function traceEvents(lines: readonly PlainLine[]): TraceEvent[] {
  const text = lines.map((line) => line.text).join('\n');
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.text.length + 1;
  }
  const events: TraceEvent[] = [];
  let index = 0;
  let before = 0;
  const matches = [...eventsIn(text)];
  matches.forEach((match, i) => {
    while ((starts[index + 1] ?? Infinity) <= match.index) index++;
    const end = match.index + match[0].length;
    // What belongs to the event lies between its neighbours, so that no character is looked at for many of them.
    const next = Math.min(end + FIELDS_CHARS, matches[i + 1]?.index ?? Infinity);
    events.push({
      name: match[1] ?? match[2]!,
      pid: taskOf(text.slice(Math.max(before, match.index - HEAD_CHARS), match.index)),
      line: lines[index]!.line,
      words: wordsOf(text.slice(end, next)),
    });
    before = end;
  });
  return events;
}

function* eventsIn(text: string): Generator<RegExpExecArray> {
  for (let at = 0; (at = text.indexOf(PREFIX, at)) >= 0;) {
    EVENT.lastIndex = at;
    const match = EVENT.exec(text);
    if (match !== null) yield match;
    at += match?.[0].length ?? PREFIX.length;
  }
}

/** The words of an event: up to a blank line, or to an event of another name. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  /** Where a word begins; -1 between words. */
  let start = -1;
  let lineEnds = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === 'f' && text.startsWith(PREFIX, at)) {
      OTHER_EVENT.lastIndex = at;
      if (OTHER_EVENT.test(text)) {
        if (start >= 0) words.push(text.slice(start, at));
        return words;
      }
    }
    if (!isSpace(char)) {
      if (start < 0) start = at;
      lineEnds = 0;
      continue;
    }
    if (start >= 0) words.push(text.slice(start, at));
    start = -1;
    if (char === '\n' && ++lineEnds === 2) return words;
  }
  if (start >= 0) words.push(text.slice(start));
  return words;
}

const isSpace = (char: string): boolean =>
  char === ' ' || (char >= '\t' && char <= '\r') || (char > '\x7f' && /\s/.test(char));

/** The number of the task, from the text before its event, which may be wrapped; '' if there is none. */
function taskOf(before: string): string {
  if (!/[:)]$/.test(before.trimEnd().slice(-1))) return '';
  const line = before.lastIndexOf('\n') + 1;
  const above = line < 2 ? 0 : before.lastIndexOf('\n', line - 2) + 1;
  for (const from of above < line ? [line, above] : [line]) {
    const head = before.slice(from);
    const task = (CPU.test(head) ? TASK.exec(head) : null) ?? (head.includes('.') ? BARE.exec(head) : null);
    if (task !== null) return task[1]!;
  }
  return '';
}

/** The word after a name; undefined if the event has none, or `?`. */
export function field({ words }: TraceEvent, name: string): string | undefined {
  const word = words[valueAt(words, name)];
  return word === '?' ? undefined : word;
}

/** The index of the word after a name; -1 if the event has none. */
function valueAt(words: readonly string[], name: string): number {
  const at = words.indexOf(name);
  return at < 0 || at + 1 >= words.length ? -1 : at + 1;
}

/** A number in decimal or hex, of at most 64 bits. */
export function numberField(event: TraceEvent, name: string): bigint | undefined {
  const value = parseNumeral(field(event, name) ?? '');
  return value === undefined || value > 0xffff_ffff_ffff_ffffn || value < -(1n << 63n) ? undefined : value;
}

/** Every name that a revision prints, with its code. */
const OP_WORDS: NameTable = { ...OP_FLAGS, swapfile: IOMAP_OP.SWAPFILE };
const TYPE_WORDS: NameTable = { ...TYPES, nocache: FUSE_IOMAP_TYPE.NOCACHE };

/** Op flags by name; bits without a name as a number of the revision that printed them. */
export function opField(event: TraceEvent, { opCode }: Numbering): number | undefined {
  return flagsField(event, 'opflags', OP_WORDS, opCode);
}

/** The mapping of a read_map, write_map or end; undefined if a field is missing or unknown. */
export function mapField(event: TraceEvent, { typeCode }: Numbering): WireMapping | undefined {
  const [offset, length, addr] = ['offset', 'length', 'addr'].map((name) => numberField(event, name));
  const dev = numberField(event, 'dev');
  const flags = flagsField(event, 'mapflags', MAP_FLAGS, (bits) => bits);
  const word = field(event, 'type') ?? '';
  const number = Number(parseNumeral(word) ?? -1n);
  const type = Object.hasOwn(TYPE_WORDS, word)
    ? TYPE_WORDS[word]!
    : number >= 0 && number <= 0xffff
      ? typeCode(number)
      : undefined;
  const missing = [offset, length, addr, dev, flags, type].includes(undefined);
  if (missing || dev! < 0n || dev! > 0xffff_ffffn || flags! > 0xffff) return undefined;
  if (offset! < 0n || length! < 0n || addr! < 0n) return undefined;
  return { offset: offset!, length: length!, addr: addr!, type: type!, flags: flags!, dev: Number(dev) };
}

/** A word of an event's types and flags that no revision here prints; null if it has none. */
export function strangeWord(event: TraceEvent): string | null {
  const strange = (table: NameTable) => (word: string) =>
    !Object.hasOwn(table, word) && parseNumeral(word) === undefined;
  const type = field(event, 'type') ?? 'hole';
  return (
    flagWords(event, 'opflags')?.find(strange(OP_WORDS)) ??
    [type].find(strange(TYPE_WORDS)) ??
    flagWords(event, 'mapflags')?.find(strange(MAP_FLAGS)) ??
    null
  );
}

/** The words of `(write|direct|0x400)`, with or without the parentheses; one that was wrapped apart is joined. */
export function flagWords({ words }: TraceEvent, name: string): string[] | undefined {
  const at = valueAt(words, name);
  if (at < 0) return undefined;
  let value = words[at]!;
  if (value.startsWith('(')) {
    const rest = words.slice(at).join('');
    const end = rest.indexOf(')');
    if (end >= 0) value = rest.slice(1, end);
  }
  return value.split('|').filter((word) => word !== '');
}

/** The codes of flags; numbers become codes by `codeOf`. */
function flagsField(
  event: TraceEvent,
  name: string,
  table: NameTable,
  codeOf: (bits: number) => number,
): number | undefined {
  let bits = 0;
  for (const word of flagWords(event, name) ?? ['?']) {
    const number = Number(parseNumeral(word) ?? -1n);
    if (Object.hasOwn(table, word)) bits = (bits | table[word]!) >>> 0;
    else if (number >= 0 && number <= 0xffff_ffff) bits = (bits | codeOf(number)) >>> 0;
    else return undefined;
  }
  return bits;
}
