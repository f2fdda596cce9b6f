// SPDX-License-Identifier: MIT
import type { MailLine } from './card-tokens.ts';

/** A row's label, or the indentation of what is below one: each begins a new line. */
const ROW =
  /^(?:\s*$| {2}|(?:title|notes|kernel|connection|superblock|devices|fds|inodes|(?:device|fd|inode|step|answer) \S+):)/;

/**
 * The lines of a card as they may have been before a program wrapped them within words: after a hyphen, or at a
 * fixed column. Blanks that were lost or added in this way change what a card says; its check pair tells
 * which of these is right, if any.
 */
export function mended(lines: readonly MailLine[]): MailLine[][] {
  const answer = lines.findIndex(({ text }) => /^\s*answer \d+:/.test(text));
  const rows = answer < 0 ? lines : lines.slice(0, answer);
  const width = rows.reduce((most, { columns }) => Math.max(most, columns), 0);
  return [
    joined(lines, ({ text }) => /[^\s-]-$/.test(text), true),
    joined(lines, ({ columns }, next) => columns === width && !ROW.test(next), false),
  ];
}

/**
 * Joins every line that `goesOn` to the one after it.
 *
 * @param indented the blanks before the second line are indentation
 */
function joined(
  lines: readonly MailLine[],
  goesOn: (line: MailLine, next: string) => boolean,
  indented: boolean,
): MailLine[] {
  const out: MailLine[] = [];
  lines.forEach((line, i) => {
    const before = lines[i - 1];
    const text = bare(line);
    const last = out.at(-1);
    if (before !== undefined && last !== undefined && goesOn(before, text))
      last.text += indented ? text.trimStart() : text;
    else out.push({ ...line });
  });
  return out;
}

/** Without the one blank that follows a quote mark. */
const bare = ({ text, depth }: MailLine): string => (depth > 0 ? text.replace(/^ /, '') : text);
