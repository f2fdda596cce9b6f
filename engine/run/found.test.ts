// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { parseDocument } from '../scenario/parse.ts';
import { run } from './runner.ts';

const OLD = readFileSync(new URL('../../tests/data/format-1/io-counts.json', import.meta.url), 'utf8');
const ran = (text: string) => run(loadCore(), parseDocument(text).scenario!);

test('fiemap and bmap return 0, and tell what they found beside it; an old ret above 0 still means that', () => {
  const { executions, expectations } = ran(OLD);
  const found = executions.map(({ ret, io }) => [ret, io?.mappedExtents ?? null, io?.block ?? null]);
  expect(found.slice(1)).toEqual([
    [0n, 1n, null],
    [0n, 1n, null],
    [-95n, null, null],
    [0n, null, 256n],
    [0n, null, 0n],
  ]);
  expect(expectations).toMatchObject({ unmet: [], met: 7 });
});

test('another count, block or error is told', () => {
  const wrong = OLD.replace('"ret": 1 ', '"ret": 2 ')
    .replace('"mappedExtents": 1', '"mappedExtents": 0')
    .replace('"ret": 256', '"ret": 255')
    .replace('"ret": "-EOPNOTSUPP"', '"ret": 0')
    .replace('"block": 0', '"block": 1');
  expect(ran(wrong).expectations.unmet.map(({ path }) => path.join())).toEqual([
    'ret',
    'mappedExtents',
    'ret',
    'ret',
    'block',
  ]);
});
