// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { UsageError } from './args.ts';
import { command } from './command.ts';
import { COMMANDS } from '../commands/all.ts';
import { commandHelp, overview } from './help.ts';
import type { Terminal } from './terminal.ts';

const MANUAL = {
  name: 'sort',
  argument: 'FILE',
  summary: 'put lines in order',
  about: ['Puts the lines of a file in order, and prints them.', 'A second paragraph.'],
  options: {
    reverse: { type: 'boolean', short: 'r', about: 'the last comes first' },
    key: {
      type: 'string',
      value: 'N',
      about: 'by the word N of each line, counted from 1; if left out, by the whole line, blanks included',
    },
  },
  notes: ['Exit status: 0.'],
} as const;

const sort = command(MANUAL, ({ values, positionals }, terminal) => {
  terminal.out(`${values.reverse ?? false} ${values.key ?? 'none'} ${positionals.join()}`);
  return Promise.resolve(1);
});

async function called(...args: string[]): Promise<[status: number, out: string]> {
  let said = '';
  const terminal: Terminal = { out: (text) => (said += text), err: () => {}, lines: () => {}, width: 80 };
  return [await sort.run(args, terminal), said];
}

test('help is the definition, in lines that fit', () => {
  expect(commandHelp(MANUAL)).toBe(`Usage: iomap-playground sort [--reverse] [--key N] FILE

Puts the lines of a file in order, and prints them.

A second paragraph.

  -r, --reverse  the last comes first
  --key N        by the word N of each line, counted from 1; if left out, by the
                 whole line, blanks included

Exit status: 0.
`);
});

test('what help tells of is what is read', async () => {
  expect(await called('-r', '--key', '2', 'a')).toEqual([1, 'true 2 a']);
  expect(await called('a', '--', '--key')).toEqual([1, 'false none a,--key']);
  for (const help of ['-h', '--help']) expect(await called('a', help)).toEqual([0, commandHelp(MANUAL)]);
  await expect(called('--kye', '2')).rejects.toThrow(UsageError);
  await expect(called('--kye', '2')).rejects.toThrow("sort: Unknown option '--kye'");
  await expect(called('--key')).rejects.toThrow(/^sort: Option '--key <value>' argument missing$/);
});

test.each(COMMANDS)('$name helps within 80 columns, and stands in the overview', (one) => {
  for (const line of commandHelp(one).split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  for (const { length } of overview(COMMANDS).split('\n')) expect(length).toBeLessThanOrEqual(80);
  expect(overview(COMMANDS)).toContain(`  iomap-playground ${one.name} ${one.argument} `);
  expect(one.notes.at(-1)).toMatch(/^Exit status: 0/);
});

test.each(COMMANDS)('each value of $name has a name in help', ({ options }) => {
  for (const { type, value } of Object.values(options)) expect(value !== undefined).toBe(type === 'string');
});
