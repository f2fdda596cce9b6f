// SPDX-License-Identifier: MIT
import type { MailLine } from './card-tokens.ts';

/** A row's label, or the indentation of what is below one: each begins a new line. */
const ROW =
  /^(?:\s*$| {2}|(?:title|notes|kernel|connection|superblock|devices|fds|inodes|(?:device|fd|inode|step|answer) \S+):)/;

/**
 * The lines of a card as they may have been before a program wrapped them within words: after a hyphen, or at a
 * fixed column; only those ways in which any line is joined. Blanks that were lost or added in this way change what a
 * card says; its check pair tells which of these is right, if any.
 */
export function mended(lines: readonly MailLine[]): MailLine[][] {
  const answer = lines.findIndex((line) => factsOf(line).answer);
  const rows = answer < 0 ? lines : lines.slice(0, answer);
  const width = rows.reduce((most, { columns }) => Math.max(most, columns), 0);
  return [
    joined(lines, (line) => factsOf(line).hyphen, true),
    joined(lines, ({ columns }, next) => columns === width && !factsOf(next).row, false),
  ].filter(({ length }) => length < lines.length);
}

/**
 * Joins every line that `goesOn` to the one after it.
 *
 * @param indented the blanks before the second line are indentation
 */
function joined(
  lines: readonly MailLine[],
  goesOn: (line: MailLine, next: MailLine) => boolean,
  indented: boolean,
): MailLine[] {
  const out: MailLine[] = [];
  lines.forEach((line, i) => {
    const before = lines[i - 1];
    const last = out.at(-1);
    if (before !== undefined && last !== undefined && goesOn(before, line)) {
      const text = bare(line);
      last.text += indented ? text.trimStart() : text;
    } else out.push({ ...line });
  });
  return out;
}

/** Without the one blank that follows a quote mark. */
const bare = ({ text, depth }: MailLine): string =>
  depth > 0 && text.startsWith(' ') ? text.slice(1) : text;

/** What decides whether a line is joined to another. */
class Facts {
  readonly answer: boolean;
  readonly hyphen: boolean;
  readonly #line: MailLine;
  #row: boolean | null = null;

  constructor(line: MailLine) {
    this.#line = line;
    const { text } = line;
    this.answer = /^\s*answer \d+:/.test(text);
    this.hyphen = text.endsWith('-') && /[^\s-]/.test(text.at(-2) ?? '-');
  }

  get row(): boolean {
    return (this.#row ??= ROW.test(bare(this.#line)));
  }
}

/** A mail's lines are asked about for each card in it. */
const known = new WeakMap<MailLine, Facts>();

function factsOf(line: MailLine): Facts {
  let facts = known.get(line);
  if (facts === undefined) known.set(line, (facts = new Facts(line)));
  return facts;
}
