// SPDX-License-Identifier: MIT
import { plainLines, type PlainLine } from '../mail/quotes.ts';
import { fileNames } from './patch-names.ts';

/**
 * The diff in a mail, as a clean unified diff: quotes of any depth removed, without the answers between its lines,
 * wrapped lines joined again, and the blank before context lines restored where a program removed it. The counts in
 * the hunk headers tell what a line without a mark was.
 */
export interface CleanDiff {
  text: string;
  /** Hunks whose lines do not add up to what their header says. */
  incomplete: number;
  /** Whether the names of a file stand there, with or without hunks. */
  named: boolean;
  repaired: Repaired;
}

/** What was mended, in numbers. */
export interface Repaired {
  /** Hunk headers whose end stood in a line of its own. */
  headers: number;
  /** Other lines that were wrapped. */
  wrapped: number;
  /** Lines that had lost the blank before them. */
  blanks: number;
}

const FILE = /^diff --git \S/;
const OLD = /^--- \S/;
const NEW = /^\+\+\+ \S/;
const GIT_OLD = /^--- (?:"?a\/|\/dev\/null)/;
const GIT_NEW = /^\+\+\+ (?:"?b\/|\/dev\/null)/;
const HUNK = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@(.*)$/;
const EXTENDED = /^(?:index |old mode|new mode|new file|deleted file|similarity|dissimilarity|rename |copy )/;
/** Lines longer than this are what mail programs wrap. */
const WRAP = 66;

/** Finds and cleans the diffs in a text; `text` is empty if there is none. */
export function cleanDiff(mail: string): CleanDiff {
  const { kept: lines, wrapped } = quotedLines(plainLines(mail));
  const out: string[] = [];
  const repaired: Repaired = { headers: 0, wrapped, blanks: 0 };
  let incomplete = 0;
  let named = false;
  /** Where the `diff --git` line of a file stands whose other names are still to come. */
  let open: number | null = null;
  for (let at = 0; at < lines.length; at++) {
    const text = joinedHeader(lines, at);
    if (FILE.test(text)) {
      open = out.push(text) - 1;
      named = true;
      while (EXTENDED.test(lines[at + 1]?.text ?? '')) out.push(lines[++at]!.text);
    } else if (namesFile(lines, at)) {
      const names = gitLines(text, lines[++at]!.text);
      if (open === null) out.push(...names);
      else {
        out[open] = names[0];
        out.push(names[1], names[2]);
      }
      [open, named] = [null, true];
    } else if (HUNK.test(text)) {
      const hunk = readHunk(lines, at, text);
      for (const line of hunk.lines) out.push(line);
      if (!hunk.complete) incomplete++;
      for (const key of ['headers', 'wrapped', 'blanks'] as const) repaired[key] += hunk.repaired[key];
      if (lines[at]!.text !== text) repaired.headers++;
      open = null;
      at = hunk.end - 1;
    }
  }
  const text = out.some((line) => HUNK.test(line)) ? `${out.join('\n')}\n` : '';
  return { text, incomplete, named, repaired };
}

/** Whether two lines name a file: as git writes them, or with a hunk after them. */
function namesFile(lines: readonly PlainLine[], at: number): boolean {
  const [old, next] = [lines[at]!.text, lines[at + 1]?.text ?? ''];
  if (!OLD.test(old) || !NEW.test(next)) return false;
  return (GIT_OLD.test(old) && GIT_NEW.test(next)) || (lines[at + 2]?.text ?? '').startsWith('@@ -');
}

/** The three lines above a file's hunks, as git has them. */
function gitLines(old: string, next: string): [string, string, string] {
  const { from, to } = fileNames(old, next);
  const [a, b] = [from === DEV_NULL ? from : `a/${from}`, to === DEV_NULL ? to : `b/${to}`];
  return [`diff --git a/${from} b/${to}`, `--- ${a}`, `+++ ${b}`];
}

const DEV_NULL = '/dev/null';

/** A hunk header whose end was wrapped is one again. */
function joinedHeader(lines: readonly PlainLine[], at: number): string {
  const { text } = lines[at]!;
  return /^@@ -[\d,]+ \+[\d,]+$/.test(text.trimEnd()) && lines[at + 1]?.text.startsWith('@@')
    ? `${text.trimEnd()} ${lines[at + 1]!.text}`
    : text;
}

/**
 * The lines that are quoted as deeply as the diff. A shallower one is an answer, unless it is the rest of the
 * line above it that a mail program wrapped.
 */
function quotedLines(lines: readonly PlainLine[]): { kept: PlainLine[]; wrapped: number } {
  const first = lines.find(({ text }, at) => FILE.test(text) || HUNK.test(text) || namesFile(lines, at));
  const depth = first?.depth ?? 0;
  const kept: PlainLine[] = [];
  let wrapped = 0;
  lines.forEach((line, i) => {
    const before = lines[i - 1];
    const after = lines[i + 1];
    if (line.depth >= depth) kept.push({ ...line });
    else if (
      before !== undefined &&
      before.depth === depth &&
      before.text.length + 2 * depth + firstWord(line.text) >= WRAP &&
      line.text.trim() !== '' &&
      (after === undefined || after.depth === depth)
    ) {
      kept.at(-1)!.text = `${before.text.trimEnd()} ${line.text.trim()}`;
      wrapped++;
    }
  });
  return { kept, wrapped };
}

const firstWord = (text: string) => text.trim().split(/\s/)[0]!.length + 1;

interface Counts {
  old: number;
  new: number;
}

interface Hunk {
  lines: string[];
  /** The index after the last line of the hunk. */
  end: number;
  complete: boolean;
  repaired: Repaired;
}

function readHunk(lines: readonly PlainLine[], at: number, header: string): Hunk {
  const match = HUNK.exec(header)!;
  const want: Counts = { old: Number(match[2] ?? 1), new: Number(match[4] ?? 1) };
  let end = at + (lines[at]!.text === header ? 1 : 2);
  const start = end;
  while (end < lines.length && !isBoundary(lines, end)) end++;
  const body = lines.slice(start, end).map(({ text }) => text);
  const section = match[5]!.trimEnd();
  const complete = interpret(body, want, header.length);
  const taken: Gathered = complete ?? { lines: asFarAs(body), used: body.length, wrapped: 0, blanks: 0 };
  const around = taken.headerWrapped ? `${section} ${body[0]!.trim()}` : section;
  const has = count(taken.lines);
  return {
    lines: [`@@ -${match[1]},${has.old} +${match[3]},${has.new} @@${around}`, ...taken.lines],
    end: start + taken.used,
    complete: complete !== null,
    repaired: { headers: taken.headerWrapped ? 1 : 0, wrapped: taken.wrapped, blanks: taken.blanks },
  };
}

interface Gathered {
  lines: string[];
  used: number;
  wrapped: number;
  blanks: number;
  /** Whether the first line was the rest of the hunk's header. */
  headerWrapped?: boolean;
}

/**
 * The reading of a hunk's lines that meets its counts and leaves no marked line over: as they stand, without the
 * first if that is the rest of a wrapped header, with wrapped lines joined, with both. Of several, one that
 * leaves the lines as they stand: the rest of a header could be a line of context that lost its blank.
 */
function interpret(body: readonly string[], want: Counts, headerChars: number): Gathered | null {
  const [first = ''] = body;
  const headerWrapped = !isMarked(first) && headerChars + firstWord(first) >= WRAP;
  const readings: Gathered[] = [];
  for (const join of [false, true]) {
    for (const skip of headerWrapped ? [0, 1] : [0]) {
      const reading = gather(body.slice(skip), want, join);
      if (reading !== null)
        readings.push({ ...reading, used: reading.used + skip, headerWrapped: skip === 1 });
    }
  }
  const clean = readings.filter(({ used }) => !/^(?:[+ ][^ ]|-(?!- ?$))/.test(body[used] ?? ''));
  const usable = clean.length > 0 ? clean : readings;
  return usable.find(({ wrapped, blanks }) => wrapped + blanks === 0) ?? usable[0] ?? null;
}

const isMarked = (text: string) => text === '' || /^[-+ \\]/.test(text);

function isBoundary(lines: readonly PlainLine[], at: number): boolean {
  const { text } = lines[at]!;
  if (FILE.test(text) || HUNK.test(joinedHeader(lines, at))) return true;
  return namesFile(lines, at);
}

/**
 * Takes lines until both counts are met. A line without a mark is context whose blank is gone, or with `join`,
 * where the line before it is long, the rest of that. Null if the counts are never met together.
 */
function gather(body: readonly string[], want: Counts, join: boolean): Gathered | null {
  const taken: string[] = [];
  const left = { ...want };
  let [used, wrapped, blanks] = [0, 0, 0];
  for (const text of body) {
    const mark = text.charAt(0);
    const marked = isMarked(text);
    const before = taken.at(-1);
    const tail = join && !marked && before !== undefined && before.length + firstWord(text) >= WRAP;
    if (left.old === 0 && left.new === 0 && !tail) break;
    used++;
    if (mark === '\\') continue;
    if (tail) {
      taken[taken.length - 1] = `${before} ${text.trim()}`;
      wrapped++;
      continue;
    }
    if (mark !== '+') left.old--;
    if (mark !== '-') left.new--;
    if (left.old < 0 || left.new < 0) return null;
    taken.push(marked && text !== '' ? text : ` ${text}`);
    if (!marked) blanks++;
  }
  return left.old === 0 && left.new === 0 ? { lines: taken, used, wrapped, blanks } : null;
}

/** The lines of a hunk that does not add up to its counts: up to the mail's signature. */
function asFarAs(body: readonly string[]): string[] {
  const end = body.findIndex((text) => /^-- ?$/.test(text));
  return (end < 0 ? body : body.slice(0, end))
    .filter((text) => !text.startsWith('\\'))
    .map((text) => (/^[-+ ]/.test(text) ? text : ` ${text}`));
}

function count(lines: readonly string[]): Counts {
  return {
    old: lines.filter((text) => !text.startsWith('+')).length,
    new: lines.filter((text) => !text.startsWith('-')).length,
  };
}
