// SPDX-License-Identifier: MIT
import { isUnknown } from '../kernel/unknown.ts';
import parseDiff from 'parse-diff';
import type { CheckId } from '../kernel/checks.ts';
import { grouped } from '../kernel/digits.ts';
import type { Execution } from '../run/types.ts';
import { decodeTrouble, mailTexts } from './patch-body.ts';
import { cleanDiff, type CleanDiff, type Repaired } from './patch-hunks.ts';
import { SIGNED } from '../mail/signed.ts';
import { withoutColours } from '../mail/colours.ts';
import { usualLines, withAnyEnds } from '../mail/quote-marks.ts';
import { hasContextDiff, otherPatch } from './patch-other.ts';
import { annotateHunk } from './patch-annotate.ts';
import { IMPORT_CHARS, refuse, type ImportError } from './types.ts';

export interface PatchLine {
  kind: 'context' | 'add' | 'delete';
  /** Without its mark. */
  text: string;
  /** Line numbers before and after; null on the side where the line is not. */
  oldLine: number | null;
  newLine: number | null;
  /** The function or table around it, as far as the hunk shows. */
  func: string | null;
  /** The checks that live in the statement which the line is part of. */
  checks: CheckId[];
}

export interface PatchHunk {
  /** `@@ -319,10 +319,6 @@ static inline bool …`. */
  header: string;
  lines: PatchLine[];
  /** The functions and tables of it that the core models, in order. */
  models: string[];
  /** The checks of all its lines. */
  checks: CheckId[];
}

export interface PatchFile {
  oldPath: string;
  newPath: string;
  hunks: PatchHunk[];
}

export interface Patch {
  /** The mail's subject, without the `Re:` of an answer; null if there is none. */
  subject: string | null;
  files: PatchFile[];
  /** Hunks that lost lines on the way: their numbers may be wrong. */
  incomplete: number;
  /** What was mended to read it, a sentence each; empty where nothing was. */
  repairs: string[];
}

/** The patches of a text, in its order: one at least. */
export interface Patches {
  ok: true;
  patches: Patch[];
}

/** The result of a check in one execution: `would-…` comes from the audit, after the verdict. */
export type CheckState = 'decided' | 'passed' | 'would-fail' | 'would-pass';

/**
 * The patches of a text: plain, quoted to any depth, wrapped, signed, with the colours of a terminal, from a
 * mailbox (a patch for each of its messages that has one) or from format-patch, in MIME. Each hunk carries the checks
 * that live beside its lines. None of it is kept. Never throws.
 */
export async function readPatches(text: string): Promise<Patches | ImportError> {
  if (text.length > IMPORT_CHARS) return refuse(`At most ${grouped(IMPORT_CHARS)} characters are read.`);
  const plain = withoutColours(text);
  const bodies = await mailTexts(plain);
  const read = bodies.map((body) => ({ body, diff: cleanDiff(body) }));
  const patches = read
    .filter(({ diff }) => diff.text !== '')
    .map(({ body, diff }) => patchOf(body, diff, plain !== text));
  return patches.length > 0 ? { ok: true, patches } : refuse(decodeTrouble(text) ?? whyNone(read));
}

function whyNone(read: readonly { body: string; diff: CleanDiff }[]): string {
  const context = read.find(({ body }) => hasContextDiff(body));
  if (context !== undefined) return otherPatch(context.body)!;
  if (read.some(({ diff }) => diff.named))
    return (
      'This names the files of a patch, but its "@@ -1,2 +1,3 @@" lines are not here: without them no line can be ' +
      'placed. Paste the patch itself, not an answer that was trimmed.'
    );
  for (const { body } of read) {
    const found = otherPatch(body);
    if (found !== null) return found;
  }
  return 'Expected a patch: lines such as "diff --git a/file b/file" and "@@ -1,2 +1,3 @@". There is none here.';
}

function patchOf(body: string, { text, incomplete, repaired }: CleanDiff, coloured: boolean): Patch {
  const files = parseDiff(text).map(({ from, to, chunks }): PatchFile => ({
    oldPath: from ?? '',
    newPath: to ?? '',
    hunks: chunks.map((chunk) => annotateHunk(chunk)),
  }));
  const repairs = [
    ...(coloured ? ['The colours of a terminal were taken out.'] : []),
    ...(body.includes(SIGNED) ? ['The frame of a signature and its dash escapes were taken out.'] : []),
    ...repairsOf(repaired),
  ];
  return { subject: subjectOf(body), files, incomplete, repairs };
}

const REPAIRS: readonly (readonly [keyof Repaired, one: string, many: string])[] = [
  ['headers', 'A wrapped "@@" line was joined.', '"@@" lines that were wrapped were joined.'],
  ['wrapped', 'A wrapped line was joined.', 'wrapped lines were joined.'],
  ['blanks', 'A line got its lost blank back.', 'lines got their lost blanks back.'],
];

const repairsOf = (repaired: Repaired): string[] =>
  REPAIRS.flatMap(([key, one, many]) => {
    const times = repaired[key];
    return times === 0 ? [] : [times === 1 ? one : `${times} ${many}`];
  });

/** Whether a text has a diff in it, for sniffing: a unified one, or one of another kind that is refused by name. */
export function looksLikePatch(text: string): boolean {
  const plain = withoutColours(text);
  const unified = withAnyEnds(usualLines(plain)).some(({ text: line, end }) => {
    BEGINS.lastIndex = end;
    return BEGINS.test(line);
  });
  return unified || hasContextDiff(plain);
}

const BEGINS = /[ \t]?(?:diff --git \S|@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})?(?: @@|$))/y;

/**
 * The result of each check in one execution, to show beside a patch's lines. For a check of both mappings the failed
 * one counts.
 */
export function checkStates({ path }: Execution): Map<CheckId, CheckState> {
  const rank: Record<CheckState, number> = { decided: 0, 'would-fail': 1, passed: 2, 'would-pass': 3 };
  const states = new Map<CheckId, CheckState>();
  for (const { check, result } of path) {
    // No line of a patch is taken to be a check without a name.
    if (isUnknown(check) || isUnknown(result)) continue;
    const state = result === 'fail' ? 'decided' : result === 'pass' ? 'passed' : result;
    const before = states.get(check);
    if (before === undefined || rank[state] < rank[before]) states.set(check, state);
  }
  return states;
}

function subjectOf(body: string): string | null {
  const match =
    /^(?:>[ >]*)?Subject:[ \t]*([^\n]*(?:\n[ \t]+[^\n]+)*(?:\n(?![A-Za-z-]+:|On |>|\s)[^\n]+)?)/m.exec(
      body.slice(0, 100_000),
    );
  const subject = match?.[1]!
    .replace(/\s+/g, ' ')
    .replace(/^(?:Re:\s*)+/i, '')
    .trim();
  return subject === undefined || subject === '' ? null : subject.slice(0, 300);
}
