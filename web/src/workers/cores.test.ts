// SPDX-License-Identifier: MIT
import { expect, it, vi } from 'vitest';
import { onceEach } from './cores.ts';

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
