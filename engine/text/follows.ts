// SPDX-License-Identifier: MIT
import { consequences } from '../checks/consequences.ts';
import type { Execution } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { clean } from '../kernel/clean.ts';
import { prose } from './line.ts';
import type { Line, TextOptions } from './line.ts';

const TONES = { bad: 'fail', warn: 'audit', note: 'quiet' } as const;

/** What happens to I/O on an accepted mapping, if the run was asked to find out. */
export function followsLines(execution: Execution, scenario: Scenario, options: TextOptions): Line[] {
  return consequences(execution, execution.foreseen ?? null, scenario).flatMap(({ text, tone }) =>
    prose('', clean(text, options.ascii), options, TONES[tone]),
  );
}
