// SPDX-License-Identifier: MIT
import type { Manual, Option } from './command.ts';

/** Help is read in terminals and pasted into mails. */
const COLUMNS = 80;

/** Help on one command: its usage, what it does, its options, and what its exit status means. */
export function commandHelp({ name, argument, about, options, notes }: Manual): string {
  const all = Object.entries(options);
  const usage = (short: readonly string[]) =>
    ['Usage: iomap-playground', name, ...short, argument].join(' ').trimEnd();
  const spelledOut = usage(all.map(([long, option]) => `[${label(long, option)}]`));
  return paragraphs([
    spelledOut.length > COLUMNS ? usage(['[OPTIONS]']) : spelledOut,
    ...about.map((text) => wrap(text)),
    columns(all.map(([long, option]) => [shortAnd(long, option), option.about])),
    ...notes.map((text) => wrap(text)),
  ]);
}

/** Help without a command: what there is. */
export function overview(commands: readonly Manual[]): string {
  const rows = commands.map(
    ({ name, argument, summary }) => [`${name} ${argument}`.trimEnd(), summary] as const,
  );
  return paragraphs([
    wrap("iomap-playground: play the FUSE server, and see what the kernel's fuse-iomap checks make of it."),
    `Usage:\n${columns(
      [
        ...rows,
        ['COMMAND --help', 'more about one command'],
        ['--version', 'print the version and the build'],
      ].map(([call, summary]) => [`iomap-playground ${call}`, summary]),
    )}`,
    'A FILE is a scenario in JSON (docs/FORMATS.md); - is standard input.',
    'Exit status: 0 all is well, 1 a step failed, 2 something cannot be used.',
  ]);
}

const paragraphs = (texts: readonly string[]): string =>
  `${texts.filter((text) => text !== '').join('\n\n')}\n`;

const label = (long: string, { value }: Option): string =>
  `--${long}${value === undefined ? '' : ` ${value}`}`;

const shortAnd = (long: string, option: Option): string =>
  `${option.short === undefined ? '' : `-${option.short}, `}${label(long, option)}`;

/** Two columns, the first as wide as its widest; the second is wrapped. */
function columns(rows: readonly (readonly [left: string, right: string])[]): string {
  const width = Math.max(0, ...rows.map(([left]) => left.length)) + 4;
  return rows.map(([left, right]) => `  ${left}`.padEnd(width) + wrap(right, width)).join('\n');
}

/** Words in lines of at most COLUMNS; all but the first begin after `indent` blanks, which the first has already. */
export function wrap(text: string, indent = 0): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && indent + longer.length <= COLUMNS) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
