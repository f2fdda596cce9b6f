// SPDX-License-Identifier: MIT
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { CHECK_IDS } from '#engine/kernel/checks.ts';
import { BUILD, readShipped } from '../../../../tests/shipped-core.ts';

// A copy of its own: other tests of the process may have loaded the source already.
vi.resetModules();
const { MAIN, SHIPPED, files, loadSources, placeOfCheck } = await import('./sources.ts');

describe('the source is fetched', () => {
  test('a file that does not load is a failure, after which it can be tried again', async () => {
    const broken = (address: string) =>
      address.includes('xarray') ? Promise.reject(new Error('no xarray')) : readShipped(address);
    await expect(loadSources(broken, BUILD)).rejects.toThrow('no xarray');
    // Half a source is not used.
    expect(SHIPPED).toEqual({});
  });

  test('the source of another build than the page is refused, and says what helps', async () => {
    await expect(loadSources(readShipped, '9.9.9+76543210')).rejects.toThrow(
      `The source on the server is of build ${BUILD}, this page is of build 9.9.9+76543210: reload the page.`,
    );
    expect(SHIPPED).toEqual({});
  });

  test('once, each text at an address of its build', async () => {
    const asked: string[] = [];
    const read = (address: string) => {
      asked.push(address);
      return readShipped(address);
    };
    await Promise.all([loadSources(read, BUILD), loadSources(read, BUILD)]);
    expect(new Set(asked).size).toBe(asked.length);
    const [list, ...texts] = asked;
    expect(list).toBe('source/core.json');
    expect(texts.every((address) => address.endsWith(`?${encodeURIComponent(BUILD)}`))).toBe(true);
    expect(SHIPPED[MAIN]).toBe(await readShipped(`source/${MAIN}`));
    expect(Object.keys(SHIPPED).every((path) => /^assembly\/.*\.ts$/.test(path))).toBe(true);
    expect(Object.keys(SHIPPED)).toContain('assembly/index.ts');
    expect(Object.keys(SHIPPED)).not.toContain('assembly/globals.d.ts');
  });
});

describe('the source', () => {
  beforeAll(() => loadSources(readShipped, BUILD));

  test('every file of the core is listed once, the one with the checks first', () => {
    const paths = files().flatMap((group) => group.paths);
    expect(paths[0]).toBe(MAIN);
    expect([...paths].sort()).toEqual(Object.keys(SHIPPED).sort());
    expect(files()[0]!.paths).toContain('assembly/fs/fuse/backing.ts');
  });

  test('every check is found where it is made', () => {
    for (const check of CHECK_IDS.filter((id) => id !== 'none')) {
      const place = placeOfCheck(check);
      expect(place, check).not.toBeNull();
      const line = SHIPPED[place!.path]!.split('\n')[place!.line - 1]!;
      expect(line).toContain(`Check.${check.toUpperCase().replaceAll('-', '_')}`);
      expect(place!.path).not.toBe('assembly/checks.ts');
    }
    expect(placeOfCheck('length-zero')!.path).toBe(MAIN);
  });
});
