// SPDX-License-Identifier: MIT
/** A core that somebody edited sends numbers that have no name here: nothing takes them for another. */

import { expect, test } from 'vitest';
import { wordsOf } from '../checks/words.ts';
import { noteSentence, originWords, otherSentence } from '../checks/io-words.ts';
import { warnSentence } from '../checks/warn-words.ts';
import { explain } from '../checks/words.ts';
import { NO_CHECK, Summary } from '../view/summary.ts';
import { checkNumber } from '../kernel/checks.ts';
import { isUnknown } from '../kernel/unknown.ts';
import { logLines } from '../run/tracepoints.ts';
import { anExecution } from '../testing/parts.ts';
import { stepText } from '../text/step.ts';
import { answerLines } from '../text/card-answer.ts';
import { runOf } from '../testing/fixture.ts';
import { parseDocument } from '../scenario/parse.ts';
import { checkGroups } from '../view/check-path.ts';
import { bodyLines } from '../view/loop.ts';
import { readIoRecord } from './io-trace.ts';
import { PLAIN_NUMBERING } from '../kernel/codes.ts';
import { readTrace } from './trace.ts';

const scenario = parseDocument('{"format":1,"steps":[{"do":"iomap_begin"}]}').scenario!;

const HEADER_BYTES = 120;
const RECORD_BYTES = 40;
const [CHECK, WARN, NOTE, BIO, BYTES, OTHER] = [0, 3, 4, 5, 6, 99];

interface Raw {
  kind: number;
  number: number;
  which?: number;
  result?: number;
}

/** A trace of these records, each with the operands 1, 2, 3, 4; the first one decided. */
function traceOf(...records: Raw[]) {
  const data = new DataView(new ArrayBuffer(HEADER_BYTES + RECORD_BYTES * records.length));
  data.setUint32(0, RECORD_BYTES * records.length, true);
  data.setUint32(8, RECORD_BYTES, true);
  records.forEach(({ kind, number, which = 0, result = 0 }, i) => {
    const at = HEADER_BYTES + RECORD_BYTES * i;
    data.setUint16(at, number, true);
    data.setUint8(at + 2, which);
    data.setUint8(at + 3, result);
    data.setUint8(at + 4, kind);
    [1n, 2n, 3n, 4n].forEach((value, j) => data.setBigUint64(at + 8 + 8 * j, value, true));
  });
  const io: ReturnType<typeof readIoRecord>[] = [];
  const trace = readTrace(data, 0, PLAIN_NUMBERING, (memory, record, of, number) =>
    io.push(readIoRecord(memory, record, of, number, 0, () => null)),
  );
  return { ...trace, io };
}

const check = traceOf({ kind: CHECK, number: 77, which: 1, result: 1 });
const refused = anExecution({
  outcome: 'refused',
  ret: -117n,
  path: check.path,
  decided: check.decided,
});

test('a check keeps its number and all operands that a record can hold', () => {
  expect(check.decided).toEqual({
    check: 'unknown-77',
    which: 'read',
    result: 'fail',
    operands: [1n, 2n, 3n, 4n],
  });
  expect(checkNumber('unknown-77')).toBe(77);
  // Number 0 is not a check, whatever a core means by it.
  expect(traceOf({ kind: CHECK, number: 0, result: 1 }).decided?.check).toBe('unknown-0');
});

test('each number of a record without a name is told as unknown', () => {
  const odd = traceOf({ kind: CHECK, number: 3, which: 7, result: 9 }).path[0];
  expect(odd).toMatchObject({ check: 'length-zero', which: 'unknown-7', result: 'unknown-9' });
  const { events, io } = traceOf(
    { kind: WARN, number: 50 },
    { kind: NOTE, number: 60 },
    { kind: OTHER, number: 1 },
    { kind: BIO, number: 5, which: 8 },
    { kind: BYTES, number: 70 },
    { kind: BYTES, number: 0 },
  );
  expect(events).toMatchObject([{ warn: 'unknown-50' }, { note: 'unknown-60' }, { record: 'unknown-99' }]);
  expect(io).toMatchObject([
    { op: 'unknown-5', payload: 'unknown-8' },
    { origin: 'unknown-70' },
    { origin: 'unknown-0' },
  ]);
});

test('the page, the text and the card say of an unknown check that it is one', () => {
  expect(explain(refused, scenario)).toMatchObject({
    headline: 'Refused',
    sentence: expect.stringContaining('unknown check 77 of this core'),
    where: 'unknown check 77 in a function that is not known',
  });
  expect(
    stepText(refused, scenario)
      .map(({ text }) => text)
      .join('\n'),
  ).toContain('unknown check 77 of this core');
  expect(answerLines(refused, runOf([refused]), scenario).join('\n')).toContain(
    'unknown check 77 of this core',
  );
  const [chip] = checkGroups(refused, 'v6-04').flatMap(({ chips }) => chips);
  expect(chip).toMatchObject({ label: 'unknown check 77', predicate: 'unknown check 77 of this core' });
});

test('an unknown result is neither a pass nor a refusal', () => {
  const { path } = traceOf({ kind: CHECK, number: 3, which: 1, result: 9 });
  const execution = anExecution({ path });
  const [chip] = checkGroups(execution, 'v6-04').flatMap(({ chips }) => chips);
  expect(chip?.state).toBe('unknown');
  expect(
    stepText(execution, scenario)
      .map(({ text }) => text)
      .join('\n'),
  ).toContain('unknown result 9 of this core');
});

test('warnings, reasons, origins and kinds of records have words', () => {
  const at = { after: 0, a: 1n, b: 2n };
  expect(warnSentence({ kind: 'warn', warn: 'unknown-50', ...at }, scenario)).toContain('unknown warning 50');
  expect(noteSentence({ kind: 'note', note: 'unknown-60', ...at }, scenario)).toContain('unknown reason 60');
  expect(otherSentence({ kind: 'other', after: 0, record: 'unknown-99' })).toContain(
    'unknown kind of record 99',
  );
  expect(originWords('unknown-70', null, null)).toBe('unknown origin 70 of this core');
  const lines = bodyLines(
    [
      { kind: 'other', after: 0, record: 'unknown-99' },
      { kind: 'bytes', after: 0, origin: 'unknown-70', pos: 0n, lengthBytes: 512n },
    ],
    scenario,
  );
  expect(lines.map(({ text }) => text).join('\n')).toMatch(/record 99 .*\n.*origin 70 /);
});

test('the log tells what a call recorded without a name', () => {
  const { events } = traceOf(
    { kind: WARN, number: 50 },
    { kind: NOTE, number: 60 },
    { kind: OTHER, number: 1 },
  );
  const lines = logLines({ execution: anExecution({ do: 'backing_open', events }), scenario, inode: null });
  expect(lines.map(({ text }) => text)).toEqual([
    'unknown warning 50 of this core',
    'unknown reason 60 of this core',
    'unknown kind of record 99 of this core',
  ]);
});

test('a summary keeps the number', () => {
  const one = (number: number) =>
    new Summary({
      step: Int32Array.of(0),
      repeat: Int32Array.of(0),
      outcome: Uint8Array.of(1),
      ret: BigInt64Array.of(-117n),
      check: Uint16Array.of(number),
      unmet: Uint16Array.of(0),
      silent: Uint8Array.of(0),
      met: 0,
      mismatches: [],
      stopped: null,
      reused: 0,
    }).line(0)?.check;
  expect([one(77), one(3), one(0), one(NO_CHECK)]).toEqual(['unknown-77', 'length-zero', 'unknown-0', null]);
});

test('no check that is known looks like an unknown one', () => {
  expect(isUnknown('type-unknown')).toBe(false);
  expect(wordsOf('type-unknown', { trust: 'reading' }).label).toBe('type known');
});
