// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { loadCore } from '../../../tests/core-module.ts';
import { has } from '../../kernel/has-feature.ts';
import { parseDocument } from '../../scenario/parse.ts';
import { expectedOf } from '../../scenario/expected.ts';
import type { Scenario } from '../../scenario/schema.ts';
import { REVIEW_CASES } from './cases.ts';
import { REVIEW_NAMES, type ReviewName } from './names.ts';
import { QUOTE_COLUMNS, quoteLines, quoteOf } from './quote.ts';
import {
  NO_COLUMNS,
  REVIEW_COLUMNS,
  orderedCases,
  reviewCase,
  runsOf,
  type ReviewColumn,
  type ReviewedCase,
} from './table.ts';

const FOLDER = new URL('../../../examples/', import.meta.url);
const files = readdirSync(FOLDER).filter((file) => file.startsWith('review-'));
const examples = new Map<string, Scenario>(
  files.map((file) => [
    file.replace('.json', ''),
    parseDocument(readFileSync(new URL(file, FOLDER), 'utf8')).scenario!,
  ]),
);
const columns: ReviewColumn[] = REVIEW_COLUMNS.map((revision) => ({
  revision,
  module: loadCore('trace', revision),
}));
const reviewed = new Map<ReviewName, ReviewedCase>(
  REVIEW_NAMES.map((name) => [name, reviewCase(name, examples, columns)]),
);

/** What a row says, run by run: `accepted x4`. */
const told = (name: ReviewName, row = 0) =>
  runsOf(reviewed.get(name)!.rows[row]!.cells).map(({ width, cell }) => `${cell.text} x${width}`);

test('the names are in mails: none is ever taken away', () => {
  expect(REVIEW_NAMES).toEqual(
    expect.arrayContaining([
      'overwrite-slot',
      'retry-twice',
      'two-numberings',
      'end-addr-dev',
      'shrinking-size',
      'reply-size',
      'same-device-twice',
      'enosys-direct',
      'failed-write',
      'inline-too-long',
      'freed-ids',
      'one-id-one-use',
      'id-bound',
      'type-check-shape',
      'static-server',
      'upcalls',
      'read-only-fd',
      'written-width',
    ]),
  );
});

test('a column is each revision that has devices', () => {
  expect(REVIEW_COLUMNS.slice(0, 4)).toEqual(['v6-04', '2026-01', 'v7-04', 'late']);
  for (const revision of NO_COLUMNS) expect(has(revision, 'HAS_IOMAP_DEVICES')).toBe(false);
});

test('each example of the group is asked by a case', () => {
  const asked = Object.values(REVIEW_CASES).flatMap(({ parts }) => parts.map(({ example }) => example));
  expect([...new Set(asked)].sort()).toEqual([...examples.keys()].sort());
});

describe.each(REVIEW_NAMES)('%s', (name) => {
  it('comes out as expected on every revision, in every step', () => {
    const { rows, asExpected } = reviewed.get(name)!;
    expect(rows.flatMap(({ cells }) => cells.flatMap(({ unmet }) => unmet))).toEqual([]);
    expect(asExpected).toBe(true);
  });

  it('expects something of each step that decides, so that "as expected" says something', () => {
    for (const { example, step } of REVIEW_CASES[name].parts)
      for (const revision of REVIEW_COLUMNS)
        expect(
          Object.keys(expectedOf(examples.get(example)!.steps[step]!, revision) ?? {}),
          `${example} ${step} ${revision}`,
        ).not.toEqual([]);
  });

  it('is quoted in lines of ASCII that a mail does not break, with their trust', () => {
    for (const row of reviewed.get(name)!.rows)
      for (const cell of row.cells) {
        const lines = quoteLines(row, cell);
        expect(lines.at(-1)).toMatch(/\[(running kernel|compiled kernel C|source reading)\]$/);
        for (const line of lines) {
          expect(line).toMatch(/^[\x20-\x7e]+$/);
          expect(line.length, line).toBeLessThanOrEqual(QUOTE_COLUMNS);
        }
      }
  });
});

describe('the answers that changed', () => {
  const four = (name: ReviewName, row = 0) => told(name, row).slice(0, 4);

  it('show where', () => {
    expect(four('end-addr-dev').slice(0, 2)).toEqual(['NULL_ADDR, dev 0 x1', 'addr 0, dev 1 x1']);
    expect(four('end-addr-dev')[2]).toMatch(/^addr 1048576, dev 1 x/);
    expect(four('retry-twice')[0]).toBe('type-unknown x3');
    expect(four('retry-twice')[1]).toMatch(/^accepted x/);
    expect(told('same-device-twice')[0]).toBe('dev 0 x1');
    expect(told('same-device-twice')[1]).toMatch(/^dev 1 x/);
    expect(four('shrinking-size')[0]).toBe('4096 x2');
    expect(four('shrinking-size')[1]).toMatch(/^512 x/);
  });

  it('come first', () => {
    const order = orderedCases([...reviewed.values()]).map(({ changes }) => changes);
    expect(order).toEqual([...order].sort((a, b) => Number(b) - Number(a)));
    expect(order[0]).toBe(true);
    expect(order.at(-1)).toBe(false);
  });
});

test('a cell is quoted with the answer before it, if that was another, and the link', () => {
  const [row] = reviewed.get('end-addr-dev')!.rows;
  expect(quoteOf('end-addr-dev', row!, 1, 'https://host/')).toBe(
    [
      'v6-04          iomap_end: NULL_ADDR, dev 0           [compiled kernel C]',
      '2026-01        iomap_end: addr 0, dev 1              [compiled kernel C]',
      'https://host/#/review/end-addr-dev',
      '',
    ].join('\n'),
  );
  expect(quoteOf('end-addr-dev', row!, 0, '')).toBe(
    'v6-04          iomap_end: NULL_ADDR, dev 0           [compiled kernel C]\n#/review/end-addr-dev\n',
  );
});

test('what is not as expected is told by the case and by the cell', () => {
  const wrong = structuredClone(examples.get('review-freed-ids')!);
  wrong.steps[3]!.expect = { ret: 7n };
  const broken = reviewCase('freed-ids', new Map([['review-freed-ids', wrong]]), columns.slice(0, 1));
  expect(broken.asExpected).toBe(false);
  expect(broken.rows[0]!.cells[0]!.unmet).toEqual(['ret: expected 7, got 3']);
});
