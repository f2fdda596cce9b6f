// SPDX-License-Identifier: MIT
/** What the core numbers and what the engine names: `enum`s there, lists here. */

import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CHECKS, CHECK_IDS, type CheckId } from '../kernel/checks.ts';
import { checkWords } from '../checks/words.ts';
import { ORIGIN_IDS } from './io-trace.ts';
import { LATER_NOTE_IDS } from './later-notes.ts';
import { IO_NOTE_IDS, NOTE_IDS, WARN_IDS, readTrace } from './trace.ts';

const ASSEMBLY = new URL('../../assembly/', import.meta.url);
const source = (file: string) => readFileSync(new URL(file, ASSEMBLY), 'utf8');

/** The members of an enum, as the engine writes them: LENGTH_ZERO → length-zero. */
function members(file: string, name: string): string[] {
  const body = new RegExp(`enum ${name} \\{(.*?)\\n\\}`, 's').exec(source(file))?.[1];
  if (body === undefined) throw new Error(`${file} has no enum ${name}`);
  const code = body.replaceAll(/\/\*.*?\*\/|\/\/.*$/gms, '');
  return [...code.matchAll(/\w+/g)].map(([word]) => word.toLowerCase().replaceAll('_', '-'));
}

test('the checks have one number on both sides', () => {
  expect(CHECK_IDS).toEqual(members('checks.ts', 'Check'));
});

test.each([
  ['Warn', WARN_IDS],
  ['Origin', ORIGIN_IDS],
  ['Note', [...NOTE_IDS, ...IO_NOTE_IDS, ...LATER_NOTE_IDS]],
])('%s has one number on both sides', (name, ids) => {
  expect(ids).toEqual([null, ...members('records.ts', name).slice(1)]);
});

test('every check has a bit in the masks that tell the failed checks', () => {
  const bits = Number(/MASK_CHECKS: usize = (\d+);/.exec(source('trace.ts'))?.[1]);
  expect(CHECK_IDS.length).toBeLessThanOrEqual(bits);
});

const HEADER_BYTES = Number(/trace header, (\d+) bytes/.exec(source('trace.ts'))?.[1]);

/** One record in a trace of its own, at an address that is not 0. */
function traceOf(check: number, kind: number, operands: bigint[]) {
  const at = 16;
  const data = new DataView(new ArrayBuffer(at + HEADER_BYTES + 40));
  data.setUint32(at, 40, true);
  data.setUint32(at + 8, 40, true);
  const record = at + HEADER_BYTES;
  data.setUint16(record, check, true);
  data.setUint8(record + 2, 2);
  data.setUint8(record + 3, 1);
  data.setUint8(record + 4, kind);
  operands.forEach((operand, i) => data.setBigUint64(record + 8 + 8 * i, operand, true));
  return readTrace(data, at);
}

test('a check has as many operands as its words name, and no more', () => {
  CHECKS.forEach((id, index) => {
    const { path, decided } = traceOf(index + 1, 0, [1n, 2n, 3n, 4n]);
    expect(path).toEqual([{ check: id, which: 'write', result: 'fail', operands: path[0]?.operands }]);
    expect(path[0]?.operands, id).toEqual([1n, 2n, 3n, 4n].slice(0, checkWords[id].operands.length));
    expect(decided).toBe(path[0]);
  });
});

/** How many operands the core records for each check: the arguments of its call. */
function recorded(file: string): [id: string, count: number][] {
  const calls: [string, number][] = [];
  const text = source(file);
  for (const found of text.matchAll(/\b(fails|bad_data)\(\s*Check\.(\w+)/g)) {
    const from = found.index + found[1]!.length + 1;
    let depth = 1;
    let commas = 0;
    let i = from;
    let last = '';
    for (; depth > 0; i++) {
      const char = text[i]!;
      if (char === '(') depth++;
      else if (char === ')') depth--;
      else if (char === ',' && depth === 1) commas++;
      if (depth > 0 && char.trim() !== '') last = char;
    }
    const args = commas + 1 - (last === ',' ? 1 : 0);
    calls.push([found[2]!.toLowerCase().replaceAll('_', '-'), args - (found[1] === 'fails' ? 2 : 3)]);
  }
  return calls;
}

test('the core records exactly the operands that the words name', () => {
  const files = readdirSync(ASSEMBLY, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const calls = files.flatMap(recorded);
  expect(new Set(calls.map(([id]) => id))).toEqual(new Set(CHECK_IDS.slice(1)));
  for (const [id, count] of calls) {
    const { operands } = checkWords[id as CheckId];
    expect(count, id).toBe(operands.length);
  }
});

test('operands with a sign come with it', () => {
  const minus = BigInt.asUintN(64, -5n);
  const operand = (id: (typeof CHECK_IDS)[number]) =>
    traceOf(CHECK_IDS.indexOf(id), 0, [minus]).path[0]?.operands[0];
  expect(operand('open-badfd')).toBe(-5n);
  expect(operand('close-badid')).toBe(-5n);
  expect(operand('reply-error-range')).toBe(-5n);
  expect(operand('length-zero')).toBe(minus);
  expect(operand('addr-missing')).toBe(minus);
});
