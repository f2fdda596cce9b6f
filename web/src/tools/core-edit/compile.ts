// SPDX-License-Identifier: MIT
import { BUILDS, REVISIONS, compilerArguments, optionsOf } from '../../../../scripts/core-settings.mjs';
import type { Sources } from '#engine/core-edit/types.ts';
import type { Revision } from '#engine/kernel/features.ts';

/** A message of the compiler about a place. */
export interface CompilerWord {
  severity: 'error' | 'warning' | 'info';
  message: string;
  /** The file; null if it is not one of the core's own. */
  path: string | null;
  /** Offsets in the file's text. */
  start: number;
  end: number;
}

export interface Compiled {
  /** Null if it does not compile; then one of the messages is an error. */
  bytes: Uint8Array<ArrayBuffer> | null;
  words: CompilerWord[];
}

/** The part of `assemblyscript/asc` that is used. */
export interface Asc {
  main(args: string[], io: AscIo): Promise<{ error: Error | null }>;
}

interface AscIo {
  stdout: { write(chunk: string | Uint8Array): void };
  stderr: { write(chunk: string | Uint8Array): void };
  readFile(name: string): string | null;
  writeFile(name: string, contents: string | Uint8Array): void;
  listFiles(): string[];
  reportDiagnostic(diagnostic: Diagnostic): void;
}

interface Diagnostic {
  /** 0 pedantic, 1 info, 2 warning, 3 error. */
  category: number;
  message: string;
  range: { start: number; end: number; source: { normalizedPath: string } | null } | null;
}

const OUT = 'core.wasm';
const SEVERITY = ['info', 'info', 'warning', 'error'] as const;

/**
 * Compiles the core exactly as the trace build of a revision was: the same sources produce the same bytes.
 * @param files the sources and the compiler's settings, by path
 */
export async function compileCore(asc: Asc, files: Sources, revision: Revision): Promise<Compiled> {
  const options = optionsOf(named(REVISIONS, revision), named(BUILDS, 'trace'));
  const words: CompilerWord[] = [];
  let bytes: Compiled['bytes'] = null;
  let error: Error | null;
  const deaf = { write: () => {} };
  try {
    const result = await asc.main(compilerArguments(options, OUT), {
      stdout: deaf,
      stderr: deaf,
      readFile: (name) => {
        const path = name.replace(/^(\.?\/)+/, '');
        return Object.hasOwn(files, path) ? files[path]! : null;
      },
      writeFile: (name, contents) => {
        if (name === OUT && typeof contents !== 'string') bytes = contents as Uint8Array<ArrayBuffer>;
      },
      listFiles: () => [],
      reportDiagnostic: (diagnostic) => words.push(wordOf(diagnostic, files)),
    });
    error = result.error;
  } catch (thrown) {
    // A fault of the compiler itself, not of the reader's text.
    error = thrown instanceof Error ? thrown : new Error(String(thrown));
  }
  if (error === null) return { bytes, words };
  if (!words.some(({ severity }) => severity === 'error'))
    words.push({ severity: 'error', message: givenUp(error.message), path: null, start: 0, end: 0 });
  return { bytes: null, words };
}

/** For an error without a place. */
const givenUp = (why: string): string =>
  `The compiler gave up and named no place (${why}). Undo the last change of the source, or build again.`;

function wordOf({ category, message, range }: Diagnostic, files: Sources): CompilerWord {
  const path = range?.source?.normalizedPath ?? null;
  const own = path !== null && Object.hasOwn(files, path);
  return {
    severity: SEVERITY[category] ?? 'error',
    message: own || path === null ? message : `${message} (in ${path})`,
    path: own ? path : null,
    start: own ? range!.start : 0,
    end: own ? range!.end : 0,
  };
}

function named<T extends { name: string }>(list: readonly T[], name: string): T {
  const found = list.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no build ${name}`);
  return found;
}
