// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { applyPatch } from 'diff';
import { READING } from '../scenario/caps.ts';
import { readDiff, type FileHunks, type Hunk } from './read-diff.ts';
import type { Sources } from './types.ts';

/** A part of a diff that is not in the result. */
export interface RejectedHunk {
  path: string;
  /** `@@ -12,7 +12,7 @@` */
  hunk: string;
  /** Why, for the reader. */
  why: string;
}

export interface Applied {
  /** The files that the diff changed, with their new texts. */
  files: Record<string, string>;
  /** How many hunks were applied. */
  applied: number;
  rejected: RejectedHunk[];
}

/**
 * Applies a unified diff, hunk by hunk: one that does not fit is reported, the others are applied. A hunk may have
 * moved, but what it removes and the lines around it must be there, to the letter.
 */
export function applyDiff(sources: Sources, diff: string): Applied {
  const result: Applied = { files: {}, applied: 0, rejected: [] };
  const files = diff.length > READING.diffChars ? [] : readDiff(diff);
  const hunks = files.reduce((sum, file) => sum + file.hunks.length, 0);
  // Each hunk is looked for in the whole file.
  if (diff.length > READING.diffChars || hunks > READING.diffHunks) {
    const why = `at most ${grouped(READING.diffChars)} characters and ${READING.diffHunks} hunks are read, and this is more`;
    result.rejected.push({ path: 'assembly/', hunk: 'The diff', why });
    return result;
  }
  for (const file of files) applyTo(result, sources, file);
  return result;
}

function applyTo(result: Applied, sources: Sources, { path, hunks }: FileHunks): void {
  const reject = (hunk: Hunk, why: string) => result.rejected.push({ path, hunk: hunk.title, why });
  // Not `in`: the path is a stranger's.
  let text = Object.hasOwn(result.files, path) ? result.files[path] : undefined;
  text ??= Object.hasOwn(sources, path) ? sources[path] : undefined;
  if (text === undefined) {
    for (const hunk of hunks) reject(hunk, 'the core has no such file');
    return;
  }
  let shift = 0;
  for (const hunk of hunks) {
    if (!hunk.whole) {
      reject(hunk, 'its end is missing');
      continue;
    }
    const moved = { ...hunk, oldStart: hunk.oldStart + shift };
    const names = { oldFileName: path, newFileName: path, oldHeader: undefined, newHeader: undefined };
    const next: string | false = applyPatch(text, { ...names, hunks: [moved] });
    if (next === false) {
      reject(hunk, reasonOf(hunk, text));
      continue;
    }
    text = next;
    shift += hunk.newLines - hunk.oldLines;
    result.applied++;
    result.files[path] = text;
  }
}

/** The first line of a hunk that the file does not have anywhere, if there is one. */
function reasonOf(hunk: Hunk, text: string): string {
  const there = new Set(text.split('\n'));
  const strange = hunk.lines.find((line) => /^[ -]/.test(line) && !there.has(line.slice(1)));
  return strange === undefined
    ? 'its lines do not stand together like this'
    : `there is no line “${strange.slice(1).trim()}”`;
}
