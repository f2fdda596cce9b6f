// SPDX-License-Identifier: MIT
import { NoLinkError, encodeLink } from '#engine/link/codec.ts';
import { run } from '#engine/run/runner.ts';
import { canonicalValue } from '#engine/scenario/print.ts';
import { foreseeAll } from '#engine/run/foresee-calls.ts';
import { printCard } from '#engine/text/card.ts';
import type { CardOptions } from '#engine/text/card.ts';
import { UsageError, onlyArgument } from '../common/args.ts';
import { command } from '../common/command.ts';
import { loadCore } from '../common/core.ts';
import { load } from '../common/files.ts';
import { baseAddress, recorded, stepNumber } from './link.ts';

const MANUAL = {
  name: 'card',
  argument: 'FILE',
  summary: 'print a case as plain text for a mail',
  about: [
    'Prints a case as plain text for a mail: one step, the steps it leans on, and what the kernel made of it, in at ' +
      'most 72 columns of ASCII. It reads back, also out of quotes: see uncard.',
  ],
  options: {
    step: {
      type: 'string',
      value: 'N',
      about:
        'the step that the card is about, the first is 1; if left out, the last one with expectations. The ' +
        "card's own numbers, which are part of its format, begin at 0",
    },
    link: {
      type: 'boolean',
      about: 'the share link below it, as one line, if it has at most 900 characters',
    },
    base: { type: 'string', value: 'URL', about: 'with --link: a full link to the playground at URL' },
  },
  notes: ['Exit status: 0, or 2 if the file cannot be used.'],
} as const;

export const card = command(MANUAL, async ({ values, positionals }, terminal) => {
  const path = onlyArgument('card', 'FILE', positionals);
  if (values.base !== undefined && !values.link)
    throw new UsageError('card: --base is for --link', 'See card --help.');
  const base = values.base === undefined ? '' : baseAddress('card', values.base);
  const loaded = await load(path, terminal);
  if ('reasons' in loaded) return 2;
  const { name, document, scenario } = loaded;
  const step = stepNumber('card', values.step, scenario);
  if (scenario.steps[step] === undefined) {
    terminal.err(`${name}: there is no step that a card could be about\n`);
    return 2;
  }

  const result = run(await loadCore(scenario.kernel.revision, 'trace'), scenario, foreseeAll);
  const options: CardOptions = { base };
  if (values.link) {
    const chosen = result.executions.find((execution) => execution.step === step);
    try {
      options.link = encodeLink({
        scenario: canonicalValue(document.value),
        step,
        verdict: chosen === undefined ? null : recorded(chosen, result),
        view: '',
      });
    } catch (error) {
      if (!(error instanceof NoLinkError)) throw error;
      terminal.err(`${name}: the card has no link. ${error.message}\n`);
    }
  }
  terminal.out(printCard(result, scenario, step, options));
  return 0;
});
