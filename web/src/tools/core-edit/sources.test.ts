// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { CHECK_IDS } from '#engine/kernel/checks.ts';
import { FILES, MAIN, SHIPPED, placeOfCheck } from './sources.ts';

test('every file of the core is listed once, the one with the checks first', () => {
  const paths = FILES.flatMap((group) => group.paths);
  expect(paths[0]).toBe(MAIN);
  expect([...paths].sort()).toEqual(Object.keys(SHIPPED).sort());
  expect(FILES[0]!.paths).toContain('assembly/fs/fuse/backing.ts');
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
