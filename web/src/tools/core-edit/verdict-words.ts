// SPDX-License-Identifier: MIT
import type { Matrix } from '#engine/compare/matrix.ts';
import { count } from '#engine/checks/format.ts';
import { ENDLESS } from './trial-protocol.ts';
import type { TrialState } from './trial.ts';

/** What an edit does, in one line, and further remarks on it. */
export interface Outcome {
  tone: 'same' | 'changed' | 'broken';
  headline: string;
  more: string[];
}

export function outcomeOf({ rows, changed }: Matrix, { done, of, left, running }: TrialState): Outcome {
  const faults = rows.flatMap(({ cells }) => cells[1]?.fault ?? []);
  const endless = faults.filter((fault) => fault === ENDLESS).length;
  const broken = faults.length - endless;
  const what = changed === 0 ? 'none' : changed;
  const so = running ? ' so far' : '';
  return {
    tone: faults.length > 0 ? 'broken' : changed > 0 ? 'changed' : 'same',
    headline: `The edit changes ${what} of ${count(running ? done : rows.length, 'scenario')}${so}.`,
    more: [
      ...(broken > 0 ? [`On ${broken} of them the edited core traps.`] : []),
      ...(endless > 0 ? [`On ${endless} of them it does not end, and was stopped.`] : []),
      ...(left > 0 ? [`${count(left, 'scenario')} of ${of} were not tried any more.`] : []),
    ],
  };
}
