// SPDX-License-Identifier: MIT
import { beforeEach, expect, test } from 'vitest';
import { CHECK_FACTS } from '../kernel/check-facts.ts';
import { CHECKS, checkNumber } from '../kernel/checks.ts';
import { CheckCache } from './check-cache.ts';
import { readCheck } from './trace.ts';

const AT = 80;
/** A check of each number of operands that there is. */
const BY_OPERANDS = new Map(CHECKS.map((id) => [CHECK_FACTS[id].operands.length, id]));

let cache: CheckCache;
let memory: DataView;

beforeEach(() => {
  cache = new CheckCache();
  memory = new DataView(new ArrayBuffer(256));
});

function put(check: number, operands: bigint[], result = 0, which = 1): void {
  memory.setUint32(AT, check | (which << 16) | (result << 24), true);
  operands.forEach((operand, i) => memory.setBigUint64(AT + 8 + 8 * i, operand, true));
}

test.each([...BY_OPERANDS])(
  'a record of %i operands is the same object until one of its words differs',
  (_, id) => {
    const { operands } = CHECK_FACTS[id];
    const values = operands.map((_, i) => BigInt(i) << 40n);
    put(checkNumber(id), values);
    const first = cache.read(memory, AT, 3);
    expect(first).toEqual(readCheck(memory, AT));
    expect(cache.read(memory, AT, 3)).toBe(first);
    for (let i = 0; i < operands.length; i++) {
      for (const more of [1n, 1n << 63n]) {
        put(
          checkNumber(id),
          values.map((value, j) => (i === j ? value + more : value)),
        );
        const other = cache.read(memory, AT, 3);
        expect(other).not.toBe(first);
        expect(other).toEqual(readCheck(memory, AT));
      }
    }
    put(checkNumber(id), values, 1);
    expect(cache.read(memory, AT, 3)).toEqual({ ...first, result: 'fail' });
    put(checkNumber(id), values, 0, 2);
    expect(cache.read(memory, AT, 3)).toEqual({ ...first, which: 'write' });
  },
);

test('what lies after the operands does not matter', () => {
  put(checkNumber(BY_OPERANDS.get(1)!), [5n, 6n, 7n, 8n]);
  const first = cache.read(memory, AT, 0);
  put(checkNumber(BY_OPERANDS.get(1)!), [5n, 6n, 7n, 9n]);
  expect(cache.read(memory, AT, 0)).toBe(first);
});

test('a path has no object twice, and a memory that has grown is read anew', () => {
  put(1, [1n]);
  const path = Array.from({ length: 480 }, (_, place) => cache.read(memory, AT, place));
  expect(new Set(path).size).toBe(path.length);
  memory = new DataView(new ArrayBuffer(512));
  put(1, [2n]);
  expect(cache.read(memory, AT, 0)).toEqual(readCheck(memory, AT));
});
