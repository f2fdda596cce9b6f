// SPDX-License-Identifier: MIT
/** Lines of numbers as od, hexdump -e and gdb print them: an address or none, then numbers in columns. */
import type { PlainLine } from '../mail/quotes.ts';
import { dumpCommand, type DumpCommand } from './dump-command.ts';

/** A line of numbers. */
export interface NumberLine {
  line: number;
  /** As it was written; null if the line has none. */
  address: string | null;
  /** gdb's addresses have a 0x before them and a colon after them. */
  debugger: boolean;
  words: string[];
  /** How wide a column is, where all have one width; null if that is not known. */
  column: number | null;
  /** A `*`: lines like the one before, up to the next address. */
  repeat: boolean;
}

/** Lines that stand together, and the command that printed them, if it is there. */
export interface NumberBlock {
  command: DumpCommand | null;
  lines: NumberLine[];
}

const LONG_LINE = 400;
/** `0x7ffe08 <buf+8>:`. */
const DEBUGGER = /^\s*0x([0-9a-f]{4,16})(?: <[^>]{0,80}>)?:(?=\s|$)/i;
/** `0000020`, `00000010:`. */
const ADDRESS = /^\s*([0-9a-f]{6,8}):?(?=\s|$)/i;
/** What x/c prints after a number, xxd -b after two blanks, and od's z between marks. */
const CHARACTERS = /'(?:\\.[0-7]{0,2}|[^'\\])'|([01]{8}) {2}.*$|\s{2}>.*<\s*$/g;
/** What every line of numbers begins with. */
const BEGINS = /^\s*[-*0-9a-f]/i;
const WORDS = /^\s*(?:-?[0-9a-f]{1,64}(?:\s+|$))*$/i;

/** More lines of numbers than a dump of any answers has: they are of something else, and not looked at. */
const MOST_LINES = 20_000;
const known = new WeakMap<readonly PlainLine[], NumberBlock[]>();

/** The lines of numbers in a text; a line of anything else parts them. Asked more than once of the same lines. */
export function numberBlocks(lines: readonly PlainLine[]): NumberBlock[] {
  const blocks = known.get(lines) ?? blocksOf(lines);
  known.set(lines, blocks);
  return blocks;
}

function blocksOf(lines: readonly PlainLine[]): NumberBlock[] {
  const blocks: NumberBlock[] = [];
  let command: DumpCommand | null = null;
  let open: NumberBlock | null = null;
  // Whether lines of the open block have no address.
  let bare = false;
  let count = 0;
  for (const { text, line } of dedented(lines)) {
    if (text.trim() === '') continue;
    const found = numberLine(text, line, command ?? open?.command ?? null, bare);
    if (found === null) {
      command = dumpCommand(text);
      open = null;
      bare = false;
      continue;
    }
    if (++count > MOST_LINES) return [];
    if (open === null) blocks.push((open = { command, lines: [] }));
    command = null;
    bare ||= found.address === null && !found.repeat;
    open.lines.push(found);
  }
  return blocks;
}

/** @param bare whether lines before it have no address */
function numberLine(
  text: string,
  line: number,
  command: DumpCommand | null,
  bare: boolean,
): NumberLine | null {
  if (text.length > LONG_LINE || !BEGINS.test(text)) return null;
  const empty = { line, address: null, debugger: false, words: [], column: null, repeat: false };
  if (text.trim() === '*') return { ...empty, repeat: true };
  const own = DEBUGGER.exec(text);
  const lead = own ?? (bare || command?.bare ? null : ADDRESS.exec(text));
  const rest = text.slice(lead?.[0].length ?? 0).replace(CHARACTERS, '$1');
  if (!WORDS.test(rest)) return null;
  const words = rest.trim() === '' ? [] : rest.trim().split(/\s+/);
  // Hex digits are numbers of a command that says so.
  if (command?.radix !== 16 && words.some((word) => !/^-?\d+$/.test(word))) return null;
  // Of numbers alone the first is not an address, where the command prints none.
  const addressed = lead !== null && (own !== null || /^\S/.test(text) || words.length === 0);
  if (!addressed) return { ...empty, words: text.trim().split(/\s+/), column: columnOf(text) };
  return {
    ...empty,
    address: lead[1]!,
    debugger: own !== null,
    words,
    column: own === null ? columnOf(rest) : null,
  };
}

/** The width of a column, by where the numbers end: the same for all; null for fewer than two. */
function columnOf(text: string): number | null {
  const ends = Array.from(text.matchAll(/\S+/g), ({ index, 0: word }) => index + word.length);
  const widths = new Set(ends.map((end, i) => end - (i === 0 ? 0 : ends[i - 1]!)));
  return ends.length > 1 && widths.size === 1 ? [...widths][0]! : null;
}

/**
 * Indentation that all lines of a dump have is taken away, so that its addresses stand first again. Numbers in columns
 * begin at different places; addresses of one length do not.
 */
function dedented(lines: readonly PlainLine[]): PlainLine[] {
  const plain = [...lines];
  for (let from = 0; from < plain.length;) {
    const [, indent = '', first = ''] = INDENTED.exec(plain[from]!.text) ?? [];
    let end = from + 1;
    while (end < plain.length && first !== '' && goesOn(plain[end]!.text, indent, first.length)) end++;
    // A line alone may be of numbers.
    for (let at = from; end - from > 1 && at < end; at++)
      plain[at] = { ...plain[at]!, text: plain[at]!.text.slice(indent.length) };
    from = end;
  }
  return plain;
}

const INDENTED = /^([ \t]{1,40})([0-9a-f]{6,8}):?(?=\s|$)/i;

function goesOn(text: string, indent: string, digits: number): boolean {
  const [, own, address] = INDENTED.exec(text) ?? [];
  return (own === indent && address?.length === digits) || text.trim() === '*';
}
