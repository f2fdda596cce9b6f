// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { parseDocument } from '../scenario/parse.ts';
import type { StepOf } from '../scenario/schema.ts';
import { bytesText, quizRequest, quizRows } from './quiz-rows.ts';

function stepOf(step: object): StepOf<'iomap_begin'> {
  const { scenario } = parseDocument(JSON.stringify({ format: 1, steps: [{ do: 'iomap_begin', ...step }] }));
  return scenario!.steps[0] as StepOf<'iomap_begin'>;
}

test('large numbers are told by the power of two that they are near', () => {
  expect(bytesText((1n << 63n) - 4096n)).toBe('2^63 − 4096');
  expect(bytesText(1n << 63n)).toBe('2^63');
  expect(bytesText((1n << 63n) + 1n)).toBe('2^63 + 1');
  expect(bytesText(65536n)).toBe('65,536');
});

test('a reply is a row for each field, and a write slot that is left out has none', () => {
  const step = stepOf({
    op: ['WRITE'],
    pos: 4096,
    count: 1,
    reply: { read: { length: 4096, addr: 'NULL_ADDR' } },
  });
  const rows = quizRows(step);
  expect(rows.map(({ field }) => field)).toEqual(['offset', 'length', 'addr', 'type', 'flags', 'dev']);
  expect(rows[2]).toEqual({ field: 'addr', read: 'NULL_ADDR', write: null });
  expect(rows[3]!.read).toBe('HOLE');
  expect(quizRequest(step)).toBe('The kernel asks to write 1 byte at byte 4096.');
  const both = quizRows(stepOf({ reply: { read: {}, write: { flags: ['NEW', 'SHARED'], dev: 7 } } }));
  expect(both.map(({ write }) => write)).toEqual(['0', '0', '0', 'HOLE', 'NEW | SHARED', '7']);
});
