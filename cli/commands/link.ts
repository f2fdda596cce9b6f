// SPDX-License-Identifier: MIT
import { ordinal } from '#engine/kernel/ordinal.ts';
import { isUnknown } from '#engine/kernel/unknown.ts';
import { errnoText } from '#engine/kernel/errno.ts';
import { NoLinkError, encodeLink } from '#engine/link/codec.ts';
import type { RecordedVerdict } from '#engine/link/codec.ts';
import { run } from '#engine/run/runner.ts';
import type { Execution, Run } from '#engine/run/types.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { canonicalValue } from '#engine/scenario/print.ts';
import { UsageError, onlyArgument } from '../common/args.ts';
import { command } from '../common/command.ts';
import { readEdit } from '../common/core-edit.ts';
import { loadCore } from '../common/core.ts';
import { load } from '../common/files.ts';

const MANUAL = {
  name: 'link',
  argument: 'FILE',
  summary: 'print the share link of a scenario',
  about: ['Prints the share link of a scenario: its hash, beginning with #.'],
  options: {
    base: { type: 'string', value: 'URL', about: 'prints a full link to the playground at URL' },
    step: {
      type: 'string',
      value: 'N',
      about: 'the step that the link opens at, the first is 1; if left out, the last one with expectations',
    },
    edit: {
      type: 'string',
      value: 'DIFF',
      about:
        'an edit of the core goes along: a unified diff of files in assembly/, as the page copies it, also within a ' +
        "mail; - is standard input. Whoever opens the link sees the shipped core's answer, and the edit is built " +
        'only if they want it',
    },
  },
  notes: ['Exit status: 0, or 2 if a file cannot be used.'],
} as const;

export const link = command(MANUAL, async ({ values, positionals }, terminal) => {
  const path = onlyArgument('link', 'FILE', positionals);
  const base = values.base === undefined ? '' : baseAddress('link', values.base);
  const loaded = await load(path, terminal);
  if ('reasons' in loaded) return 2;
  const { name, document, scenario } = loaded;
  let diff: string | null = null;
  try {
    if (values.edit !== undefined) diff = await readEdit(values.edit);
  } catch (error) {
    terminal.err(`${(error as Error).message}\n`);
    return 2;
  }

  const step = stepNumber('link', values.step, scenario);
  const result = run(await loadCore(scenario.kernel.revision, 'trace'), scenario);
  // Of a repeated step the first: the page opens a link there, and compares.
  const chosen = result.executions.find((execution) => execution.step === step);
  try {
    const hash = encodeLink({
      scenario: canonicalValue(document.value),
      step,
      verdict: chosen === undefined ? null : recorded(chosen, result),
      view: '',
      ...(diff === null ? {} : { edit: { revision: scenario.kernel.revision, diff } }),
    });
    terminal.out(`${base}${hash}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof NoLinkError)) throw error;
    terminal.err(`${name}: ${error.message}\n`);
    return 2;
  }
});

/** A base without its own hash; it must be the whole address of a page, since a mail has no folder to start from. */
export function baseAddress(command: string, text: string): string {
  if (!URL.canParse(text) || !/^(https?|file):/i.test(text))
    throw new UsageError(
      `${command}: --base ${text} is not an address`,
      'An address looks like https://host/path/.',
    );
  return text.replace(/#.*$/s, '');
}

/**
 * Index of the step that was asked for, by its number from 1; without one the last that expects something, which
 * is what a case is about.
 */
export function stepNumber(command: string, text: string | undefined, { steps }: Scenario): number {
  const last = Math.max(0, steps.length - 1);
  if (text === undefined) {
    const telling = steps.findLastIndex(({ expect }) => expect !== undefined);
    return telling < 0 ? last : telling;
  }
  const step = /^\d{1,9}$/.test(text) ? Number(text) - 1 : NaN;
  if (!(step >= 0 && step <= last))
    throw new UsageError(
      `${command}: --step ${text}: expected a number from 1 to ${ordinal(last)}`,
      `See ${command} --help.`,
    );
  return step;
}

/** The verdict as the link keeps it, spelled like `expect`. */
export function recorded({ outcome, ret, decided }: Execution, { revision }: Run): RecordedVerdict {
  return {
    ret: ret === null ? outcome : errnoText(ret),
    check: decided?.check ?? null,
    which: decided === null || decided.which === null || isUnknown(decided.which) ? null : decided.which,
    revision,
  };
}
