// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LIBRARY } from './library.ts';
import { transpile } from './transpile.ts';

/** What a code exports, and its text as it is run. */
function exportsOf(text: string): Record<string, unknown> {
  const made = transpile(text);
  if ('message' in made) throw new Error(made.message);
  const exports: Record<string, unknown> = {};
  new Function('exports', 'require', made.code)(exports, () => LIBRARY);
  return exports;
}

describe('several variables that one statement exports', () => {
  test.each([
    ['export const a = 1, b = a + 1, c = 3;', { a: 1, b: 2, c: 3 }],
    ['export let a, b: number = 2\nexport var c = [1, 2].length', { a: undefined, b: 2, c: 2 }],
    ['export const { a, x: [b], ...c } = { a: 1, x: [2], y: 3 }, d = 4', { a: 1, b: 2, c: { y: 3 }, d: 4 }],
    ['export const f = class K { static n = 1 }.n, a = 2 // the end', { f: 1, a: 2 }],
    ['export const a = 1, b = 2\nconst c = 3\nfor (let d = 0; d < 1; d++) c', { a: 1, b: 2 }],
    ['export const a = 1; let c = 2, d = 3; export { d }', { a: 1, d: 3 }],
  ])('%s', (text, exported) => {
    expect({ ...exportsOf(text) }).toEqual(exported);
  });

  test('show what is assigned to them later', () => {
    const exports = exportsOf(
      'export let asked = 0, dev = 0;\nexport const begin = () => { asked++; dev = 7; }, x = 1;',
    );
    (exports['begin'] as () => void)();
    expect(exports).toMatchObject({ asked: 1, dev: 7 });
  });

  test('stay on their lines', () => {
    const text = '// one\nexport const a = 1,\n  b = 2;\nthrow new Error("four");';
    const made = transpile(text);
    if ('message' in made) throw new Error(made.message);
    expect(made.code.split('\n')[3]).toContain('four');
  });
});

test('the example servers read as before', () => {
  const folder = new URL('../../examples/servers/', import.meta.url);
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.ts')))
    expect([name, transpile(readFileSync(new URL(name, folder), 'utf8'))]).toEqual([
      name,
      { code: expect.stringContaining('exports') as string },
    ]);
});

describe('what would take hours to read ends at once, in words', () => {
  test.each([
    ['async functions with types', `${'async<T>(x='.repeat(60)}1${')'.repeat(60)}`],
    ['types of calls', `${'f<(a='.repeat(60)}1${')>'.repeat(60)}`],
    ['arrow functions with types', `${'<T>(x='.repeat(200)}1${')=>1'.repeat(200)}`],
    ['brackets', '('.repeat(50_000) + ')'.repeat(50_000)],
  ])('%s', (_, text) => {
    expect(transpile(text)).toEqual({ line: null, message: expect.stringMatching(/too long/) as string });
  });

  test('and what is nested as people nest is read', () => {
    for (const [open, end] of [
      ['f((x: number) => g(', '))'],
      ['[{ a: (', ') }]'],
      ['async () => (', ')'],
    ] as const)
      expect(transpile(`export const a = ${open.repeat(12)}1${end.repeat(12)};`)).toHaveProperty('code');
  });
});
