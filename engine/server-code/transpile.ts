// SPDX-License-Identifier: MIT
import { transform } from 'sucrase';
import { clean } from '../kernel/clean.ts';

export type Transpiled = { code: string } | { line: number | null; message: string };

/**
 * TypeScript of a server as JavaScript that exports as CommonJS does. Lines stay where they are. Types are left out, not
 * checked.
 */
export function transpile(text: string): Transpiled {
  try {
    const { code } = transform(text, {
      transforms: ['typescript', 'imports'],
      disableESTransforms: true,
      preserveDynamicImport: true,
    });
    return { code };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, words, line] = /^(?:Error transforming [^:]*: )?(.*?) \((\d+):\d+\)$/s.exec(message) ?? [];
    return {
      line: line === undefined ? null : Number(line),
      message: clean((words ?? message).slice(0, 300)),
    };
  }
}
