// SPDX-License-Identifier: MIT
import type { Consequence } from '../checks/consequence.ts';
import { clean } from '../kernel/clean.ts';
import type { Trust } from '../run/types.ts';
import { prose } from './line.ts';
import type { Line, TextOptions } from './line.ts';

/** How what follows is known, beside how the verdict is. */
export function followsTrust(all: readonly Consequence[], trust: Trust): string[] {
  if (all.length === 0) return [];
  return [`what follows: ${trust === 'edited' ? 'by the edited core' : 'by reading the source'}`];
}

const TONES = { bad: 'fail', warn: 'audit', note: 'quiet' } as const;

/** What follows from an execution, a sentence each. */
export function followsLines(all: readonly Consequence[], options: TextOptions): Line[] {
  return all.flatMap(({ text, tone }) => prose('', clean(text, options.ascii), options, TONES[tone]));
}
