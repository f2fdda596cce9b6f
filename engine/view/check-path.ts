// SPDX-License-Identifier: MIT
import type { KernelFunction } from '../kernel/check-facts.ts';
import type { CheckId } from '../kernel/checks.ts';
import { checksOf } from '../checks/of-revision.ts';
import { checkWords, factsOf, wordsOf } from '../checks/words.ts';
import { CHECK_PLACES } from '../kernel/check-places.ts';
import { isUnknown, unknownWords, type Unknown } from '../kernel/unknown.ts';
import { has } from '../kernel/has-feature.ts';
import type { CheckRecord, EndNoteId, Execution, NoteId, Which } from '../run/types.ts';
import type { Revision } from '../kernel/features.ts';

/**
 * The result of a check, as the path shows it. `skipped`: the kernel never reached it. `unknown`: the core reports a
 * number that has no name here.
 */
export type ChipState = 'passed' | 'decided' | 'would-fail' | 'would-pass' | 'skipped' | 'unknown';

export interface Chip {
  /** Stable within one path. */
  key: string;
  check: CheckId | Unknown;
  label: string;
  fn: string;
  which: Which;
  state: ChipState;
  operands: { name: string; value: bigint }[];
  /**
   * The condition that refuses, with live numbers; of an edited core, the numbers alone. Null for a check that was not
   * evaluated.
   */
  predicate: string | null;
  /** An edited core made it: its condition is not known. */
  edited: boolean;
}

export interface Group {
  key: string;
  fn: string;
  which: Which;
  chips: Chip[];
  /** False if the kernel did not get here. */
  reached: boolean;
  decided: Chip | null;
  /** Checks that every good reply passes: folded away unless one refused. */
  quiet: boolean;
}

const CHECK_MAPPING: KernelFunction = 'fuse_iomap_check_mapping';
const VALIDATE: KernelFunction = 'fuse_iomap_begin_validate';
const FIND_DEV: KernelFunction = 'fuse_iomap_find_dev';

/** The kernel's path for a FUSE_IOMAP_BEGIN answer; the audit's groups stand where they would have been. */
const BEGIN_COURSE: readonly { fn: string; which: 'read' | 'write' | null }[] = [
  { fn: CHECK_MAPPING, which: 'read' },
  { fn: CHECK_MAPPING, which: 'write' },
  { fn: VALIDATE, which: null },
  { fn: FIND_DEV, which: null },
];

/** begin_validate and find_dev look at both mappings in one go: one group each. */
const groupWhich = (fn: string, which: Chip['which']) => (fn === CHECK_MAPPING ? which : null);

/**
 * The checks of one execution in groups by kernel function and mapping, in the order of evaluation, and what
 * would have come after the one that decided: exactly the checks that the revision has.
 */
export function checkGroups(execution: Execution, revision: Revision): Group[] {
  const known = checksOf(revision);
  const groups: Group[] = [];
  const groupOf = (fn: string, which: Group['which'], reached: boolean) => {
    let group = groups.find((each) => each.fn === fn && each.which === which);
    if (group === undefined) {
      group = { key: `${fn} ${which ?? ''}`, fn, which, chips: [], reached, decided: null, quiet: false };
      groups.push(group);
    }
    return group;
  };
  for (const record of execution.path) {
    const { fn } = factsOf(record.check);
    const really = record.result === 'pass' || record.result === 'fail';
    const group = groupOf(fn, groupWhich(fn, record.which), really);
    group.reached ||= really;
    const chip = evaluated(record, execution, group.chips.length, group.key);
    group.chips.push(chip);
    if (chip.state === 'decided') group.decided = chip;
  }
  if (execution.do === 'iomap_begin' && wasAnswered(execution)) {
    for (const { fn, which } of BEGIN_COURSE)
      if (known.some((check) => checkWords[check].fn === fn)) groupOf(fn, which, false);
    const place = (group: Group) =>
      BEGIN_COURSE.findIndex(({ fn, which }) => fn === group.fn && which === group.which);
    groups.sort((a, b) => place(a) - place(b));
  }
  if (execution.decided !== null) for (const group of groups) addSkipped(group, known, execution);
  for (const group of groups) {
    group.quiet = group.decided === null && group.chips.every(({ check }) => isOfTransport(check));
    group.quiet &&= group.chips.length > 0 && group.reached;
  }
  return groups;
}

/** Whether a check is about the server's write as a whole, before its contents are examined. */
const isOfTransport = (check: CheckId | Unknown) =>
  !isUnknown(check) && CHECK_PLACES[check].blames?.in === 'reply';

/** Whether the reply has two mappings that the kernel would look at. */
function wasAnswered({ reply, decided, path }: Execution): boolean {
  if (decided !== null && isOfTransport(decided.check)) return false;
  return path.some(({ check }) => !isOfTransport(check)) && reply !== null;
}

function evaluated(record: CheckRecord, said: Execution, index: number, groupKey: string): Chip {
  const words = wordsOf(record.check, said);
  const states = {
    pass: 'passed',
    fail: 'decided',
    'would-pass': 'would-pass',
    'would-fail': 'would-fail',
  } as const;
  return {
    key: `${groupKey} ${record.check} ${record.which ?? ''} ${index}`,
    check: record.check,
    label: words.label,
    fn: words.fn,
    which: record.which,
    state: isUnknown(record.result) ? 'unknown' : states[record.result],
    operands: words.operands.map((name, at) => ({ name, value: record.operands[at] ?? 0n })),
    predicate: words.predicate(record.operands, record.which),
    edited: said.trust === 'edited',
  };
}

/** The checks of the group's function that were not evaluated at all, each at its place. */
function addSkipped(group: Group, known: readonly CheckId[], said: Execution): void {
  // What passed before the decision is complete; only what comes after it can lack checks.
  if (group.reached && group.decided === null) return;
  const seen = new Set(group.chips.map(({ check }) => check));
  for (const check of known) {
    if (CHECK_PLACES[check].byType) continue;
    const words = wordsOf(check, said);
    if (words.fn !== group.fn || seen.has(check)) continue;
    group.chips.push({
      key: `${group.key} ${check} skipped`,
      check,
      label: words.label,
      fn: words.fn,
      which: group.which,
      state: 'skipped',
      operands: [],
      predicate: null,
      edited: said.trust === 'edited',
    });
  }
  const place = ({ check }: Chip) => (isUnknown(check) ? -1 : known.indexOf(check));
  group.chips.sort((a, b) => place(a) - place(b));
}

export const STATE_WORDS: Record<ChipState, string> = {
  passed: 'passed',
  decided: 'refused here',
  'would-fail': 'would fail too',
  'would-pass': 'would have passed',
  skipped: 'not reached',
  unknown: 'came out unknown',
};

/** A reference taken or dropped, in words that name the table entry. */
export interface ReferenceLine {
  kind: 'get' | 'put';
  serial: number;
  refs: number;
}

/** The references in order; WARNs are the log's business. */
export function referenceLines(execution: Execution): ReferenceLine[] {
  return execution.events.flatMap((event) =>
    event.kind !== 'get' && event.kind !== 'put'
      ? []
      : [{ kind: event.kind, serial: event.serial, refs: event.refs }],
  );
}

/** `10 passed`, `1 refused, 2 not reached`: the colours of a group's chips in words. */
export function groupSummary(group: Group): string {
  const count = (state: ChipState) => group.chips.filter((chip) => chip.state === state).length;
  const parts = [
    [count('passed'), 'passed'],
    [count('decided'), 'refused'],
    [count('would-fail'), 'would fail too'],
    [count('would-pass'), 'would pass'],
    [count('skipped'), 'not reached'],
    [count('unknown'), 'came out unknown'],
  ] as const;
  if (!group.reached && count('would-fail') === 0) return 'not reached';
  return parts.flatMap(([n, words]) => (n === 0 ? [] : [`${n} ${words}`])).join(', ');
}

/** Where a key moves the focus: along the path, from group to group, to an end; null if it moves nothing. */
export function moveChip(groups: Group[], key: string, pressed: string): Chip | null {
  const filled = groups.filter(({ chips }) => chips.length > 0);
  const chips = filled.flatMap((group) => group.chips);
  const at = chips.findIndex((chip) => chip.key === key);
  const groupAt = filled.findIndex((group) => group.chips.some((chip) => chip.key === key));
  switch (pressed) {
    case 'ArrowRight':
      return chips[at + 1] ?? null;
    case 'ArrowLeft':
      return chips[at - 1] ?? null;
    case 'ArrowDown':
      return filled[groupAt + 1]?.chips[0] ?? null;
    case 'ArrowUp':
      return filled[groupAt - 1]?.chips[0] ?? null;
    case 'Home':
      return chips[0] ?? null;
    case 'End':
      return chips.at(-1) ?? null;
    default:
      return null;
  }
}

const END_NOTES: Record<EndNoteId, string> = {
  'end-wanted': 'sent: the flag that the kernel takes for WANT_IOMAP_END is set',
  'end-not-a-write': 'not sent: the operation is not a file write',
  'end-size-changed': 'sent: the file size changed',
  'end-short': 'sent: less was written than was mapped',
  'end-complete': 'not sent: everything was written, there is nothing to tell',
  'end-not-implemented': 'not sent: the server said before that it has no iomap_end',
};

/** Why an iomap_end is sent or not: the last of the core's notes; null for other steps. */
export function endReason(execution: Execution, revision: Revision): string | null {
  const notes = execution.events.flatMap((event) => (event.kind === 'note' ? [event.note] : []));
  const last = notes.at(-1);
  // What a note stands for, an edit may have changed.
  if (last === undefined || execution.trust === 'edited') return null;
  if (isUnknown(last)) return unknownWords('reason', last);
  if (last === 'end-wanted' && has(revision, 'HEARS_WANT_END')) return 'sent: WANT_IOMAP_END is set';
  return (END_NOTES as Partial<Record<NoteId, string>>)[last] ?? null;
}
