// SPDX-License-Identifier: MIT
import { clean } from '../kernel/clean.ts';
import { ordinal } from '../kernel/ordinal.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Fact, Failure } from './failures.ts';
import { marks, prose } from './line.ts';
import type { Line, TextOptions, Tone } from './line.ts';

const WORDS: Readonly<Record<Failure['kind'], string>> = {
  unmet: 'UNMET',
  unexpected: 'FAILED',
  'not-reached': 'STOPPED',
};

const TONES: Readonly<Record<Fact['label'], Tone>> = {
  check: 'fail',
  verdict: 'plain',
  note: 'quiet',
  nearest: 'pass',
  cause: 'audit',
};

/**
 * A failure as plain text: a line for each reason, after its place in the file, then what there is to know.
 *
 * @param file what the step is in, if its place is not known
 */
export function failureLines(
  failure: Failure,
  scenario: Scenario,
  file: string,
  options: TextOptions,
): Line[] {
  const { step, kind, reasons, place, facts } = failure;
  const where = `${place ?? file}: step ${ordinal(step)} ${scenario.steps[step]?.do ?? ''}`.trimEnd();
  const { arrow } = marks(options);
  const words = (text: string) => clean(options.ascii ? text.replaceAll('→', arrow) : text, options.ascii);
  const factText = ({ label, text }: Fact) => (label === 'nearest' ? `accepted: ${text}` : text);
  return [
    ...reasons.flatMap((reason) => prose(WORDS[kind], words(`${where}: ${reason}`), options, 'fail')),
    ...facts.flatMap((fact) =>
      prose(FACT_LABELS[fact.label], words(factText(fact)), options, TONES[fact.label]),
    ),
  ];
}

const FACT_LABELS: Readonly<Record<Fact['label'], string>> = {
  check: '  check',
  verdict: '',
  note: '  note',
  nearest: '  nearest',
  cause: '  cause',
};
