// SPDX-License-Identifier: MIT
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inflateCapped } from './inflate.ts';

const NONE = new Uint8Array(0);
const CAP = 1_048_576;

test('what Node deflated with a dictionary comes out', () => {
  const dictionary = new TextEncoder().encode('offset length addr type');
  const text = new TextEncoder().encode('addr length offset type '.repeat(500));
  const result = inflateCapped(deflateRawSync(text, { dictionary }), dictionary, CAP);
  expect(result).toEqual({ bytes: text });
});

test('a bomb of 64 MiB is left after little more than the cap', () => {
  const bomb = deflateRawSync(new Uint8Array(64 << 20), { level: 9 });
  expect(bomb.length).toBeLessThan(70_000);
  const result = inflateCapped(bomb, NONE, CAP);
  expect(result).toMatchObject({ failed: 'over' });
  // 1032 bytes out for one in, of the last piece of 128.
  expect('producedBytes' in result && result.producedBytes).toBeLessThanOrEqual(CAP + 128 * 1032);
});

test('exactly the cap is not over it', () => {
  const result = inflateCapped(deflateRawSync(new Uint8Array(CAP)), NONE, CAP);
  expect('bytes' in result && result.bytes.length).toBe(CAP);
  expect(inflateCapped(deflateRawSync(new Uint8Array(CAP + 1)), NONE, CAP)).toMatchObject({ failed: 'over' });
});

test('a cut stream, nonsense and nothing are broken', () => {
  const stream = deflateRawSync(Uint8Array.from({ length: 3000 }, (_, i) => (i * i) & 0xff));
  expect(inflateCapped(stream.subarray(0, stream.length - 1), NONE, CAP)).toMatchObject({ failed: 'broken' });
  expect(inflateCapped(Uint8Array.of(0xff, 0xff, 0xff), NONE, CAP)).toMatchObject({ failed: 'broken' });
  expect(inflateCapped(NONE, NONE, CAP)).toMatchObject({ failed: 'broken' });
});
