// SPDX-License-Identifier: MIT
import { afterEach, expect, test, vi } from 'vitest';
import { copyText } from './copy-text.ts';

afterEach(() => vi.unstubAllGlobals());

/** A browser that lets the page copy, or not. */
function browser(allows: boolean) {
  const writeText = vi.fn(() => (allows ? Promise.resolve() : Promise.reject(new Error('no'))));
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  return writeText;
}

test('what was copied is not selected', async () => {
  const writeText = browser(true);
  const select = vi.fn();
  expect(await copyText('a link', select)).toBe('Copied.');
  expect(writeText).toHaveBeenCalledWith('a link');
  expect(select).not.toHaveBeenCalled();
});

test('what may not be copied is selected, and the key is named', async () => {
  browser(false);
  const select = vi.fn();
  expect(await copyText('a link', select)).toContain('press Ctrl C');
  expect(select).toHaveBeenCalledOnce();
});

test('where there is no clipboard at all, too', async () => {
  vi.stubGlobal('navigator', {});
  const select = vi.fn();
  expect(await copyText('a link', select)).toContain('press Ctrl C');
  expect(select).toHaveBeenCalledOnce();
});
