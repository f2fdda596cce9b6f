// SPDX-License-Identifier: MIT
import { expect, it, vi } from 'vitest';
import { isWasm, onceEach } from './cores.ts';

it('loads once for each revision, and again what did not load', async () => {
  const load = vi.fn((revision: string) => Promise.resolve(revision));
  const of = onceEach(load);
  expect(await Promise.all([of('late'), of('v6-04'), of('late')])).toEqual(['late', 'v6-04', 'late']);
  expect(load).toHaveBeenCalledTimes(2);
  load.mockRejectedValueOnce(new Error('no connection'));
  await expect(of('v6-03')).rejects.toThrow('no connection');
  expect(await of('v6-03')).toBe('v6-03');
  expect(await of('v6-03')).toBe('v6-03');
  expect(load).toHaveBeenCalledTimes(4);
});

it('knows WebAssembly from a page that came in its place', () => {
  const { buffer } = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  expect(isWasm(buffer)).toBe(true);
  expect(isWasm(new TextEncoder().encode('<!doctype html>').buffer)).toBe(false);
  expect(isWasm(new ArrayBuffer(0))).toBe(false);
});
