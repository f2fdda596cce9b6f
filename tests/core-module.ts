// SPDX-License-Identifier: MIT
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Revision } from '#engine/kernel/features.ts';

/** `debug` asserts the core's invariants; scripts/core-settings.mjs says for which revisions it is built. */
export type Build = 'trace' | 'fast' | 'map' | 'debug';

const ROOT = resolve(import.meta.dirname, '..');

/**
 * The core that `npm run build:core` made. IOMAP_CORE_DIR names a folder with other builds of some
 * revisions: the mutants have theirs. Throws with words if it is not built.
 */
export function loadCore(build: Build = 'trace', revision: Revision = 'v6-04'): WebAssembly.Module {
  if (build === 'debug') hearAsserts();
  const name = `${revision}.${build}`;
  const module = compiled.get(name) ?? new WebAssembly.Module(coreBytes(build, revision));
  compiled.set(name, module);
  if (build === 'debug') heard.add(module);
  return module;
}

/** Each is compiled once for all tests of a file. */
const compiled = new Map<string, WebAssembly.Module>();

/** The same as bytes. */
export function coreBytes(build: Build = 'trace', revision: Revision = 'v6-04'): Uint8Array<ArrayBuffer> {
  const made = join(ROOT, build === 'debug' ? 'build/core-debug' : 'build/core');
  const name = `${revision}.${build}.wasm`;
  const other = process.env['IOMAP_CORE_DIR'];
  const path = join(other !== undefined && existsSync(join(other, name)) ? other : made, name);
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new Error(`The core is not built (${path}): run \`npm run build:core\` first.`, { cause: error });
  }
}

/** The sources of that core. */
export const ASSEMBLY = join(process.env['IOMAP_CORE_DIR'] ?? ROOT, 'assembly');

let hearing = false;

/** The modules whose asserts are heard. Test files share their globals: every other module is treated as ever. */
const heard = new WeakSet<WebAssembly.Module>();

/**
 * A debug build imports `env.abort`, which it calls where an assert fails; the engine, which never runs one, does not
 * know the import. So whatever makes an instance of one from now on has it: it throws, with the place and the words.
 */
function hearAsserts(): void {
  if (hearing) return;
  hearing = true;
  const Plain = WebAssembly.Instance;
  const { imports: plainImports } = WebAssembly.Module;
  // The engine refuses a core that imports anything else than it has.
  WebAssembly.Module.imports = (module) =>
    plainImports(module).filter(
      ({ module: from, name }) => !heard.has(module) || `${from}.${name}` !== 'env.abort',
    );
  WebAssembly.Instance = class extends Plain {
    constructor(module: WebAssembly.Module, imports: WebAssembly.Imports = {}) {
      let memory: WebAssembly.Memory | null = null;
      const abort = (words: number, file: number, line: number, column: number) => {
        const text = (at: number) => (memory === null ? '?' : stringAt(memory, at));
        throw new Error(`${text(file)}:${line}:${column}: it does not hold that ${text(words)}`);
      };
      super(module, heard.has(module) ? { ...imports, env: { abort } } : imports);
      memory = this.exports['memory'] as WebAssembly.Memory;
    }
  };
}

/** A string of AssemblyScript: UTF-16, its length in bytes before it. */
function stringAt({ buffer }: WebAssembly.Memory, at: number): string {
  if (at === 0) return 'no value is null';
  const lengthBytes = new DataView(buffer).getUint32(at - 4, true);
  return new TextDecoder('utf-16le').decode(new Uint8Array(buffer, at, lengthBytes));
}

const SECTION_MEMORY = 5;
const HEADER_BYTES = 8;

/** The core with another limit of its memory, in pages of 64 KiB: to reach the limit without filling 256 MiB. */
export function coreWithMemory(maxPages: number, build: Build = 'trace'): WebAssembly.Module {
  const bytes = coreBytes(build);
  for (let at = HEADER_BYTES; at < bytes.length;) {
    const size = leb(bytes, at + 1);
    if (bytes[at] === SECTION_MEMORY) {
      // One memory, with a maximum, both limits as LEB128 numbers.
      const initial = leb(bytes, size.next + 2);
      const head = bytes.slice(0, at);
      const body = [1, 1, ...bytes.slice(size.next + 2, initial.next), ...toLeb(maxPages)];
      const tail = bytes.slice(size.next + size.value);
      return new WebAssembly.Module(
        new Uint8Array([...head, SECTION_MEMORY, ...toLeb(body.length), ...body, ...tail]),
      );
    }
    at = size.next + size.value;
  }
  throw new Error('the core has no memory section');
}

function leb(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0; ; shift += 7, at++) {
    value |= (bytes[at]! & 0x7f) << shift;
    if (bytes[at]! < 0x80) return { value, next: at + 1 };
  }
}

function toLeb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...toLeb(value >> 7)];
}
