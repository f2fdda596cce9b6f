// SPDX-License-Identifier: MIT
import { transform } from 'sucrase';
import { clean } from '../kernel/clean.ts';
import { TooDeep, countedText } from './counted-text.ts';
import { withExportLists } from './export-lists.ts';

export type Transpiled = { code: string } | { line: number | null; message: string };

const DEEP = 'its brackets are nested so deep that reading it would take too long';

/**
 * TypeScript of a server as JavaScript that exports as CommonJS does. Lines stay where they are. Types are left out, not
 * checked. The time that it takes is bounded by the length of the text.
 */
export function transpile(text: string): Transpiled {
  try {
    const { code } = transform(countedText(withExportLists(text, countedText(text))), {
      transforms: ['typescript', 'imports'],
      disableESTransforms: true,
      preserveDynamicImport: true,
    });
    return { code };
  } catch (error) {
    // Too many calls within each other are a RangeError.
    if (error instanceof TooDeep || error instanceof RangeError) return { line: null, message: DEEP };
    const message = error instanceof Error ? error.message : String(error);
    const [, words, line] = /^(?:Error transforming [^:]*: )?(.*?) \((\d+):\d+\)$/s.exec(message) ?? [];
    return {
      line: line === undefined ? null : Number(line),
      message: clean((words ?? message).slice(0, 300)),
    };
  }
}
