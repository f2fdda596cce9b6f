// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { CHECK_IDS } from '../kernel/checks.ts';
import { parseDocument } from '../scenario/parse.ts';

import { changeLine } from './change-line.ts';
import { LAST_RUN } from './chosen.ts';
import { NO_CHECK, NO_RET, OUTCOMES, type SummaryColumns, Summary, verdictWord } from './summary.ts';

type Row = [
  step: number,
  repeat: number,
  outcome: (typeof OUTCOMES)[number],
  ret: bigint | null,
  check?: string,
];

function summary(rows: Row[]): Summary {
  const columns: SummaryColumns = {
    step: Int32Array.from(rows, (row) => row[0]),
    repeat: Int32Array.from(rows, (row) => row[1]),
    outcome: Uint8Array.from(rows, (row) => OUTCOMES.indexOf(row[2])),
    ret: BigInt64Array.from(rows, (row) => row[3] ?? NO_RET),
    check: Uint16Array.from(rows, (row) => (row[4] ? CHECK_IDS.indexOf(row[4] as 'none') : NO_CHECK)),
    unmet: new Uint16Array(rows.length),
    silent: new Uint8Array(rows.length),
    met: 0,
    mismatches: [],
    stopped: null,
    reused: 0,
  };
  return new Summary(columns);
}

const BEFORE: Row[] = [
  [0, 0, 'ok', 1n],
  [0, 1, 'ok', 2n],
  [1, 0, 'ok', 0n],
  [2, 0, 'refused', -16n, 'close-busy'],
];
const { scenario } = parseDocument(
  '{"format":1,"steps":[{"do":"backing_open","times":2},{"do":"iomap_begin"},{"do":"backing_close"}]}',
);

describe('Summary', () => {
  test('finds each run, the last of a step, and nothing else', () => {
    const all = summary(BEFORE);
    expect(all.find({ step: 0, repeat: 1 })).toBe(1);
    expect(all.find({ step: 0, repeat: LAST_RUN })).toBe(1);
    expect(all.find({ step: 2, repeat: LAST_RUN })).toBe(3);
    expect(all.find({ step: 0, repeat: 2 })).toBe(-1);
    expect(all.find({ step: 3, repeat: LAST_RUN })).toBe(-1);
  });

  test('puts a verdict into a word', () => {
    const all = summary(BEFORE);
    expect(verdictWord(all.line(1)!, 'backing_open')).toBe('id 2');
    expect(verdictWord(all.line(2)!, 'iomap_begin')).toBe('accepted');
    expect(verdictWord(all.line(3)!, 'backing_close')).toBe('-EBUSY');
  });
});

describe('changeLine', () => {
  const now = summary([BEFORE[0]!, BEFORE[1]!, [1, 0, 'refused', -117n, 'length-zero'], [2, 0, 'ok', 0n]]);

  test('says what the chosen step was, and which others changed', () => {
    const line = changeLine(summary(BEFORE), now, { step: 1, repeat: LAST_RUN }, scenario);
    expect(line).toBe('Before this edit: accepted. It changed the verdict of step 3 too.');
    expect(changeLine(now, summary(BEFORE), { step: 1, repeat: LAST_RUN }, scenario)).toContain(
      'Before this edit: refused with -EFSCORRUPTED by length-zero.',
    );
  });

  test('says of an edit that left the chosen step alone which others it changed', () => {
    const line = changeLine(summary(BEFORE), now, { step: 0, repeat: LAST_RUN }, scenario);
    expect(line).toBe('This edit changed the verdict of steps 2, 3.');
  });

  test('says nothing where nothing changed, or where runs can not be compared', () => {
    const before = summary(BEFORE);
    expect(changeLine(before, summary(BEFORE), { step: 1, repeat: 0 }, scenario)).toBeNull();
    expect(changeLine(before, summary(BEFORE.slice(0, 2)), { step: 0, repeat: 0 }, scenario)).toBeNull();
    expect(changeLine(null, before, { step: 0, repeat: 0 }, scenario)).toBeNull();
  });
});
