// SPDX-License-Identifier: MIT
/**
 * Answers of a running kernel that depend on when a worker got to run. Both sides of a comparison are brought into
 * one form here, in which only what does not depend on it is left.
 */
import type { Item, Loose, StepAnswer } from './io-row.ts';

const IOEND = 'FUSE_IOMAP_IOEND';
const NULL_ADDR = 0xffff_ffff_ffff_ffffn;
const EIO = '-5';
/** Calls that may tell of an error of writing back that was told before. */
const MAY_TELL_AGAIN = ['fsync', 'truncate', 'fzero', 'fiemap'];

/** The steps of a row as they are to be compared, and the ioends of all of them where their steps do not matter. */
export interface Loosened {
  steps: StepAnswer[];
  /** Per step; null for a step whose ioends are compared as they stand among the other requests. */
  ioends: (Item[] | null)[];
}

/** One side of a comparison: what the steps are (`does`, a step's `do` each) and what they came to. */
export function loosened(
  does: readonly string[],
  answers: readonly StepAnswer[],
  loose: readonly Loose[],
): Loosened {
  const apart = loose.includes('ioend-order') || loose.includes('eio-not-waited');
  const steps = answers.map((answer, i) => {
    const step = { ...answer };
    if (apart && step.requests !== undefined) {
      step.requests = step.requests.filter(({ name }) => name !== IOEND);
    }
    if (loose.includes('read-bio-split') && does[i] === 'pread' && step.bios !== undefined) {
      step.bios = joinedReads(step.bios);
    }
    if (loose.includes('eio-not-waited') && i < answers.length - 1) delete step.i_disk_size;
    return step;
  });
  const perStep = answers.map(({ requests }) => (requests ?? []).filter(({ name }) => name === IOEND));
  if (loose.includes('eio-not-waited')) return { steps, ioends: [inOrder(perStep.flat())] };
  return { steps, ioends: perStep.map((ioends) => (apart ? inOrder(ioends) : null)) };
}

/** The steps whose result may be 0 or -EIO, whichever of them the kernel gave. */
export function mayTellAgain(does: readonly string[], expected: readonly StepAnswer[]): Set<number> {
  const first = expected.findIndex(({ ret }) => String(ret) === EIO);
  const steps = does.flatMap((what, i) => {
    const ret = String(expected[i]?.ret);
    const either = first >= 0 && i > first && MAY_TELL_AGAIN.includes(what) && (ret === '0' || ret === EIO);
    return either ? [i] : [];
  });
  return new Set(steps);
}

export function isZeroOrEio(ret: string | undefined): boolean {
  return ret === '0' || ret === EIO;
}

/** Ioends without APPEND, by position, those joined that one batch would have told together. */
function inOrder(ioends: readonly Item[]): Item[] {
  const sorted = ioends
    .map((ioend) => ({
      ...ioend,
      ioendflags: (ioend['ioendflags'] as string[]).filter((flag) => flag !== 'APPEND'),
    }))
    .sort((a, b) => compareNumbers(number(a, 'pos'), number(b, 'pos')));
  const joined: Item[] = [];
  for (const next of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && continues(last, next)) {
      last['written'] = String(number(last, 'written') + number(next, 'written'));
    } else joined.push({ ...next });
  }
  return joined;
}

function continues(a: Item, b: Item): boolean {
  const alike = ['nodeid', 'attr_ino', 'ioendflags', 'error', 'dev'];
  const addr = number(a, 'new_addr');
  return (
    alike.every((field) => String(a[field]) === String(b[field])) &&
    number(a, 'pos') + number(a, 'written') === number(b, 'pos') &&
    addr !== NULL_ADDR &&
    addr + (number(a, 'written') >> 9n) === number(b, 'new_addr')
  );
}

/** Read bios whose sectors continue on one device, with the same error, as one. */
function joinedReads(bios: readonly Item[]): Item[] {
  const joined: Item[] = [];
  for (const next of bios) {
    const last = joined.at(-1);
    const joins =
      last !== undefined &&
      last['op'] === 'read' &&
      ['op', 'device', 'error'].every((field) => String(last[field]) === String(next[field])) &&
      number(last, 'sector') + (number(last, 'length') >> 9n) === number(next, 'sector');
    if (joins) last['length'] = String(number(last, 'length') + number(next, 'length'));
    else joined.push({ ...next });
  }
  return joined;
}

function number(item: Item, field: string): bigint {
  return BigInt(item[field] as string | number);
}

function compareNumbers(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
