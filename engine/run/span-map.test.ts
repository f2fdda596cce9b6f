// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SpanMap, type Source } from './span-map.ts';

const SIZE = 40;
const source: fc.Arbitrary<Source | null> = fc.oneof(
  fc.constant(null),
  fc.constantFrom<Source>(
    { origin: 'hole', device: null, addr: null, execution: null },
    { origin: 'written', device: null, addr: null, execution: 1 },
    { origin: 'written', device: null, addr: null, execution: 2 },
  ),
  fc
    .nat(3)
    .map((page): Source => ({ origin: 'device', device: 'vda', addr: BigInt(page * 8), execution: null })),
);
const change = fc.record({ pos: fc.nat(SIZE), length: fc.nat(12), source });

/** The sources of single bytes: what a map must come to. */
class Bytes {
  bytes: (string | null)[] = Array<null>(SIZE + 20).fill(null);

  set(pos: number, end: number, from: Source | null): void {
    for (let at = pos; at < end; at++) {
      const addr = from?.addr == null ? '' : from.addr + BigInt(at - pos);
      this.bytes[at] = from === null ? null : `${from.origin} ${from.execution} ${addr}`;
    }
  }
}

function flat(map: SpanMap, pos: number, end: number): (string | null)[] {
  const bytes = Array<string | null>(end - pos).fill(null);
  let last = -1n;
  for (const span of map.within(BigInt(pos), BigInt(end))) {
    expect(span.pos).toBeGreaterThanOrEqual(last);
    expect(span.end).toBeGreaterThan(span.pos);
    last = span.end;
    for (let at = span.pos; at < span.end; at++) {
      const addr = span.addr === null ? '' : span.addr + at - span.pos;
      bytes[Number(at) - pos] = `${span.origin} ${span.execution} ${addr}`;
    }
  }
  return bytes;
}

test('returns for each byte what was set last, also for a part', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 15 }), fc.nat(SIZE), fc.nat(20), (changes, from, length) => {
      const map = new SpanMap();
      const bytes = new Bytes();
      for (const { pos, length: many, source: put } of changes) {
        map.set(BigInt(pos), BigInt(pos + many), put);
        bytes.set(pos, pos + many, put);
      }
      expect(flat(map, 0, SIZE + 20)).toEqual(bytes.bytes);
      const to = Math.min(from + length, SIZE + 20);
      expect(flat(map, from, to)).toEqual(bytes.bytes.slice(from, to));
    }),
  );
});

test('neighbours that continue each other are one span', () => {
  const map = new SpanMap();
  const at = (addr: bigint): Source => ({ origin: 'device', device: 'vda', addr, execution: null });
  map.set(0n, 8n, at(100n));
  map.set(16n, 24n, at(116n));
  map.set(8n, 16n, at(108n));
  expect(map.within(0n, 24n)).toEqual([{ ...at(100n), pos: 0n, end: 24n }]);
});

test('a copy and its original do not see what the other is told', () => {
  const zeros: Source = { origin: 'hole', device: null, addr: null, execution: null };
  const map = new SpanMap();
  map.set(0n, 8n, zeros);
  const copy = map.copy();
  map.set(0n, 4n, null);
  copy.set(8n, 12n, zeros);
  expect(map.within(0n, 99n)).toEqual([{ ...zeros, pos: 4n, end: 8n }]);
  expect(copy.within(0n, 99n)).toEqual([{ ...zeros, pos: 0n, end: 12n }]);
});
