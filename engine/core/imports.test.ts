// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { foreignImport, instanceOf, type Host } from './imports.ts';

const HOST: Host = { fuse_request: () => 7, trace_flush: () => {} };

const text = (words: string): number[] => [words.length, ...new TextEncoder().encode(words)];
const section = (id: number, body: number[]): number[] => [id, body.length, ...body];
const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const I32 = 0x7f;
/** The type of fuse_request. */
const TYPES = section(1, [1, 0x60, 5, I32, I32, I32, I32, I32, 1, I32]);

/** A module that imports a function, and exports it as `own`. */
const importing = (module: string, name: string) =>
  new WebAssembly.Module(
    new Uint8Array([
      ...HEADER,
      ...TYPES,
      ...section(2, [1, ...text(module), ...text(name), 0, 0]),
      ...section(7, [1, ...text('own'), 0, 0]),
    ]),
  );

/** A module that imports a global of i32. */
const importingGlobal = (module: string, name: string) =>
  new WebAssembly.Module(
    new Uint8Array([...HEADER, ...section(2, [1, ...text(module), ...text(name), 3, I32, 0])]),
  );

describe('a core', () => {
  test('may call the server', () => {
    const core = importing('dev', 'fuse_request');
    expect(foreignImport(core)).toBeNull();
    const { own } = instanceOf(core, HOST).exports as { own: () => number };
    expect(own()).toBe(7);
  });

  test.each([
    ['env', 'abort'],
    ['dev', 'constructor'],
    ['dev', 'toString'],
    ['dev', '__proto__'],
    ['dev', 'trace_flush'],
    ['constructor', 'constructor'],
    ['__proto__', 'toString'],
    ['', 'dev.fuse_request'],
  ])('that imports %s.%s is refused in words', (module, name) => {
    const core = importing(module, name);
    expect(foreignImport(core)).toContain(`The core imports ${module}.${name}. It may import only`);
    expect(() => instanceOf(core, HOST)).toThrow(`The core imports ${module}.${name}.`);
  });

  test('that imports something else than a function is refused, whatever its name', () => {
    expect(foreignImport(importingGlobal('dev', 'fuse_request'))).toContain('imports dev.fuse_request');
  });
});

test('what a core is given has no prototype', () => {
  const Plain = WebAssembly.Instance;
  const given: object[] = [];
  WebAssembly.Instance = class extends Plain {
    constructor(module: WebAssembly.Module, imports: WebAssembly.Imports = {}) {
      given.push(imports, ...Object.values(imports));
      super(module, imports);
    }
  };
  try {
    instanceOf(importing('dev', 'fuse_request'), HOST);
  } finally {
    WebAssembly.Instance = Plain;
  }
  expect(given).toHaveLength(3);
  expect(given.map((one) => Object.getPrototypeOf(one) as unknown)).toEqual([null, null, null]);
});
