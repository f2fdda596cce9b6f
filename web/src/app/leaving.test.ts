// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Leaving } from './leaving.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const LONG_MS = 60_000;

function leaving() {
  const gone: number[] = [];
  return { gone, it: new Leaving((id) => gone.push(id)) };
}

it('lets a message leave once when there was time to read it, and then counts no more', () => {
  const { gone, it } = leaving();
  it.begin(1, 'The shipped core answers again.');
  vi.advanceTimersByTime(5_000);
  expect(gone).toEqual([]);
  vi.advanceTimersByTime(LONG_MS);
  expect(gone).toEqual([1]);
  expect(vi.getTimerCount()).toBe(0);
});

it('gives a longer text more time', () => {
  const { gone, it } = leaving();
  it.begin(1, 'long '.repeat(60));
  it.begin(2, 'short');
  vi.advanceTimersByTime(10_000);
  expect(gone).toEqual([2]);
});

it('goes on counting where it is begun again', () => {
  const { gone, it } = leaving();
  for (let i = 0; i < 20; i++) {
    it.begin(1, 'short');
    vi.advanceTimersByTime(1_000);
  }
  expect(gone).toContain(1);
});

it('waits while it is held', () => {
  const { gone, it } = leaving();
  it.begin(1, 'Something happened.');
  it.hold(true);
  vi.advanceTimersByTime(LONG_MS);
  expect(gone).toEqual([]);
  it.hold(false);
  vi.advanceTimersByTime(LONG_MS);
  expect(gone).toEqual([1]);
});

it('has nothing to count for a message that is gone already', () => {
  const { gone, it } = leaving();
  it.begin(1, 'Something happened.');
  it.forget(1);
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(LONG_MS);
  expect(gone).toEqual([]);
});
