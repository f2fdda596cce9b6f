// SPDX-License-Identifier: MIT
import { checkOf, type CheckId } from '../kernel/checks.ts';
import type { Unknown } from '../kernel/unknown.ts';
import { errnoText } from '../kernel/errno.ts';
import type { Mismatch, Outcome, Run } from '../run/types.ts';
import { LAST_RUN, type Chosen } from './chosen.ts';

/** The outcomes by their number in `SummaryColumns.outcome`. */
export const OUTCOMES: readonly Outcome[] = [
  'ok',
  'refused',
  'error',
  'waiting',
  'not-called',
  'retry-cache',
  'oops',
];

/** `check` of an execution that no check refused: 0 is a number that an edited core may send. */
export const NO_CHECK = 0xffff;

/** `ret` of an execution that did not return. */
export const NO_RET = -0x8000_0000_0000_0000n;

/**
 * A line for each execution, in columns that move to the page without a copy: twenty thousand executions are a
 * few hundred kilobytes, where their full records would be tens of megabytes.
 */
export interface SummaryColumns {
  step: Int32Array;
  repeat: Int32Array;
  outcome: Uint8Array;
  ret: BigInt64Array;
  /** Number of the deciding check, NO_CHECK for none. */
  check: Uint16Array;
  /** How many expectations of the step did not hold. */
  unmet: Uint16Array;
  /** 1 where I/O went wrong and its caller got no error. */
  silent: Uint8Array;
  met: number;
  mismatches: Mismatch[];
  /** The machine's refused lookups and such are in the details; this says whether the run reached its end. */
  stopped: Run['stopped'];
  /** What its server did that no step shows. */
  server?: NonNullable<Run['server']>;
  reused: number;
}

/** The result of one execution, in short. */
export interface Line {
  index: number;
  step: number;
  repeat: number;
  outcome: Outcome;
  ret: bigint | null;
  check: CheckId | Unknown | null;
  unmet: number;
  /** I/O went wrong and its caller got no error. */
  silent: boolean;
}

/** Reads the columns that the worker sends. */
export class Summary {
  readonly columns: SummaryColumns;

  constructor(columns: SummaryColumns) {
    this.columns = columns;
  }

  get length(): number {
    return this.columns.step.length;
  }

  line(index: number): Line | null {
    const { step, repeat, outcome, ret, check, unmet, silent } = this.columns;
    if (index < 0 || index >= this.length) return null;
    const value = ret[index]!;
    const number = check[index]!;
    return {
      index,
      step: step[index]!,
      repeat: repeat[index]!,
      outcome: OUTCOMES[outcome[index]!]!,
      ret: value === NO_RET ? null : value,
      check: number === NO_CHECK ? null : checkOf(number),
      unmet: unmet[index]!,
      silent: silent[index] === 1,
    };
  }

  /** Index of the execution of a step's repeat, or -1 if the run never reached it. */
  find({ step, repeat }: Chosen): number {
    const columns = this.columns;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const s = columns.step[middle]!;
      if (s < step || (s === step && columns.repeat[middle]! < repeat)) low = middle + 1;
      else high = middle;
    }
    if (repeat === LAST_RUN) return low > 0 && columns.step[low - 1] === step ? low - 1 : -1;
    return columns.step[low] === step && columns.repeat[low] === repeat ? low : -1;
  }

  at(chosen: Chosen): Line | null {
    return this.line(this.find(chosen));
  }

  /** The executions of the same steps whose result differs from that in `before`, which is as long. */
  changedFrom(before: Summary): number[] {
    const [a, b] = [before.columns, this.columns];
    const changed: number[] = [];
    // Over the columns: there may be twenty thousand, and few change.
    for (let i = 0; i < this.length; i++) {
      const same = a.outcome[i] === b.outcome[i] && a.ret[i] === b.ret[i] && a.check[i] === b.check[i];
      if (!same && a.step[i] === b.step[i]) changed.push(i);
    }
    return changed;
  }

  /** How many expectations of a step did not hold, over all of its `times`. */
  unmetOf(step: number): number {
    let sum = 0;
    for (let i = this.find({ step, repeat: 0 }); i >= 0 && this.columns.step[i] === step; i++) {
      sum += this.columns.unmet[i]!;
    }
    return sum;
  }
}

/** A verdict in a word or two, with the errno where there is one: `Accepted`, `-EFSCORRUPTED`, `id 3`. */
export function verdictWord(line: Line, what: string): string {
  switch (line.outcome) {
    case 'refused':
    case 'error':
      return line.ret === null ? 'refused' : errnoText(line.ret);
    case 'waiting':
      return 'waiting';
    case 'retry-cache':
      return 'cache';
    case 'not-called':
      return 'not called';
    case 'oops':
      return 'oops';
    case 'ok':
      if (what === 'backing_open' || (what === 'ioctl' && line.ret !== null && line.ret > 0n))
        return `id ${line.ret}`;
      if (what === 'iomap_begin') return 'accepted';
      if (what === 'backing_close') return 'closed';
      return line.ret === null || line.ret === 0n ? 'ok' : String(line.ret);
    default:
      return line.outcome;
  }
}
