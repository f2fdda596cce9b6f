// SPDX-License-Identifier: MIT
import type { StructuredPatchHunk } from 'diff';
import { plainLines } from '../mail/quotes.ts';

/** The hunks that one file gets. */
export interface FileHunks {
  /** Without the `a/` and `b/` of git. */
  path: string;
  hunks: Hunk[];
}

export interface Hunk extends StructuredPatchHunk {
  /** `@@ -12,7 +12,7 @@` as it was written. */
  title: string;
  /** False if the text ended within it. */
  whole: boolean;
}

const FILE = /^\+\+\+ (\S+)/;
const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * Finds a unified diff in a text, whatever stands around it: the words of a mail, quote marks, a signature. The
 * hunk's head says how long it is, so that nothing after it is taken as a part of it.
 */
export function readDiff(text: string): FileHunks[] {
  const lines = linesOf(text);
  const files: FileHunks[] = [];
  for (let at = 0; at < lines.length; at++) {
    const file = FILE.exec(lines[at]!);
    if (file && lines[at - 1]?.startsWith('--- ')) {
      files.push({ path: file[1]!.replace(/^[ab]\//, ''), hunks: [] });
      continue;
    }
    const head = HUNK.exec(lines[at]!);
    if (!head) continue;
    const hunk = readHunk(head, lines, at + 1);
    files.at(-1)?.hunks.push(hunk);
    at += hunk.lines.length;
  }
  return files.filter(({ hunks }) => hunks.length > 0);
}

/** The lines (1-based) of a file that a diff changes; where it only removes lines, the line there. */
export function editedLines(diff: string, path: string): number[] {
  const found = new Set<number>();
  for (const file of readDiff(diff)) {
    if (file.path !== path) continue;
    for (const { newStart, lines } of file.hunks) {
      let line = newStart;
      for (const text of lines) {
        if (/^[+-]/.test(text)) found.add(Math.max(1, line));
        if (!/^[-\\]/.test(text)) line++;
      }
    }
  }
  return [...found];
}

/** Quote marks are taken off only where the diff itself is quoted: a line of code may begin with one. */
function linesOf(text: string): string[] {
  if (/^--- /m.test(text)) return text.split(/\r?\n/);
  return plainLines(text).map((line) => line.text);
}

function readHunk(head: RegExpExecArray, lines: readonly string[], start: number): Hunk {
  const [oldStart, oldLines, newStart, newLines] = [head[1], head[2] ?? '1', head[3], head[4] ?? '1'].map(
    Number,
  ) as [number, number, number, number];
  const body: string[] = [];
  let [before, after] = [oldLines, newLines];
  for (let at = start; at < lines.length; at++) {
    // Programs that strip blanks at line ends make an empty context line vanish.
    const line = lines[at] === '' ? ' ' : lines[at]!;
    const mark = line.charAt(0);
    if (mark === '\\' || (before > 0 && mark === '-')) before -= mark === '-' ? 1 : 0;
    else if (after > 0 && mark === '+') after--;
    else if (before > 0 && after > 0 && mark === ' ') [before, after] = [before - 1, after - 1];
    else break;
    body.push(line);
  }
  const whole = before === 0 && after === 0;
  return { title: head[0], whole, oldStart, oldLines, newStart, newLines, lines: body };
}
