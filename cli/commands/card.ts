// SPDX-License-Identifier: MIT
import { NoLinkError, encodeLink } from '#engine/link/codec.ts';
import { run } from '#engine/run/runner.ts';
import { canonicalValue } from '#engine/scenario/print.ts';
import { foresee } from '#engine/run/foresee.ts';
import { printCard } from '#engine/text/card.ts';
import type { CardOptions } from '#engine/text/card.ts';
import { UsageError, onlyArgument, readArgs } from '../args.ts';
import { loadCore } from '../core.ts';
import { load } from '../files.ts';
import { HELP } from '../help.ts';
import type { Terminal } from '../terminal.ts';
import { baseAddress, recorded, stepNumber } from './link.ts';

const OPTIONS = {
  step: { type: 'string' },
  link: { type: 'boolean' },
  base: { type: 'string' },
} as const;

/** `card FILE`: prints the text card of a step. Exit status 0, or 2 if the file cannot be used. */
export async function card(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArgs('card', args, OPTIONS);
  if (values.help) {
    terminal.out(HELP['card'] ?? '');
    return 0;
  }
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

  const result = run(await loadCore(scenario.kernel.revision, 'trace'), scenario, foresee);
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
}
