// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Revision } from '#engine/kernel/features.ts';

export type Build = 'trace' | 'fast';

const ROOT = resolve(import.meta.dirname, '..');

/**
 * The core that `npm run build:core` made. IOMAP_CORE_DIR names another folder of builds: the mutants have
 * theirs. Throws with words if it is not built.
 */
export function loadCore(build: Build = 'trace', revision: Revision = 'v6-04'): WebAssembly.Module {
  return new WebAssembly.Module(coreBytes(build, revision));
}

/** The same as bytes. */
export function coreBytes(build: Build = 'trace', revision: Revision = 'v6-04'): Uint8Array<ArrayBuffer> {
  const path = join(process.env['IOMAP_CORE_DIR'] ?? join(ROOT, 'build/core'), `${revision}.${build}.wasm`);
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new Error(`The core is not built (${path}): run \`npm run build:core\` first.`, { cause: error });
  }
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
