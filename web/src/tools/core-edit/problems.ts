// SPDX-License-Identifier: MIT
import type { CompilerWord } from './compile.ts';

/** What the compiler says, with its place as people and editors count. */
export interface Problem extends CompilerWord {
  /** 1-based; 0 if it has no place. */
  line: number;
  column: number;
}

/** More than these follow from the first ones. */
const MOST = 50;

/** @param textOf the text of a file, as it was compiled */
export function problemsOf(words: readonly CompilerWord[], textOf: (path: string) => string): Problem[] {
  const seen = new Set<string>();
  const fresh = words.filter(({ path, start, message }) => {
    const key = `${path} ${start} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
  return fresh.slice(0, MOST).map((word) => {
    if (word.path === null) return { ...word, line: 0, column: 0 };
    const before = textOf(word.path).slice(0, word.start).split('\n');
    return { ...word, line: before.length, column: before.at(-1)!.length + 1 };
  });
}
