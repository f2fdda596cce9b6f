// SPDX-License-Identifier: MIT
import fuseServer from '#engine/server/fuse-server.ts?raw';
import { LIBRARY } from '#engine/server-code/library.ts';

/** The declarations of what a server can import and call, for completion: the engine's own, with their comments. */
export function declarations(): string {
  const types = fuseServer.slice(0, fuseServer.indexOf('/** Thrown where an answer'));
  return [
    'declare function log(...said: unknown[]): void;',
    'declare const console: Record<"log" | "info" | "debug" | "warn" | "error", (...said: unknown[]) => void>;',
    "declare module 'iomap-playground' {",
    'interface WireMapping { offset: bigint; length: bigint; addr: bigint; type: number; flags: number; dev: number }',
    "type FaultKind = 'threw' | 'shape' | 'too-much' | 'timeout' | 'died' | 'not-json' | 'two-answers';",
    types.replace(/^import .*$/gm, ''),
    ...Object.entries(LIBRARY).map(([name, value]) => declared(name, value)),
    '}',
  ].join('\n');
}

const FUNCTIONS: Record<string, string> = {
  is_write: '(opflags: number): boolean',
  need_write_allocate: '(opflags: number, map: Mapping): boolean',
  pure_overwrite: '(read: Mapping): WireMapping',
  server: '<S extends FuseServer>(callbacks: S): S',
};

function declared(name: string, value: unknown): string {
  if (typeof value === 'function')
    return `export function ${name}${FUNCTIONS[name] ?? '(...args: unknown[]): unknown'};`;
  if (Array.isArray(value)) return `export const ${name}: readonly string[];`;
  if (typeof value !== 'object' || value === null) return `export const ${name}: ${typeof value};`;
  const fields = Object.entries(value).map(([key, one]) => `readonly ${key}: ${String(one)};`);
  return `export const ${name}: { ${fields.join(' ')} };`;
}
