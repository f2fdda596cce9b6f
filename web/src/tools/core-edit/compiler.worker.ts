// SPDX-License-Identifier: MIT
/** The AssemblyScript compiler, off the page's thread: the page ends this worker if a compilation does not. */
import type { Sources } from '#engine/core-edit/types.ts';
import type { Revision } from '#engine/kernel/features.ts';
import { compileCore, type Asc, type CompilerWord } from './compile.ts';
import { tellAlive } from '../../workers/alive.ts';

tellAlive();

export interface CompilerQuestion {
  seq: number;
  files: Sources;
  revision: Revision;
}

export type CompilerAnswer =
  /** The compiler is loaded, and this is what it compiles now. */
  | { kind: 'begun'; seq: number }
  | { kind: 'built'; seq: number; core: BuiltCore | null; words: CompilerWord[] };

export interface BuiltCore {
  module: WebAssembly.Module;
  bytes: Uint8Array<ArrayBuffer>;
}

const say = (answer: CompilerAnswer) => postMessage(answer);

/**
 * Loaded beside this file: it waits for itself at its top level, and what was asked of a worker meanwhile would be
 * lost.
 */
const loading = import('assemblyscript/asc');
// The page hears of uncaught errors only.
loading.catch((error: unknown) =>
  setTimeout(() => {
    throw error;
  }),
);

/** The newest question: a compilation can't be broken off, but those that wait for it need not begin. */
let newest = 0;

onmessage = async ({ data }: MessageEvent<CompilerQuestion>) => {
  newest = data.seq;
  const { default: asc } = await loading;
  await new Promise((resolve) => setTimeout(resolve));
  if (newest !== data.seq) return;
  say({ kind: 'begun', seq: data.seq });
  const { bytes, words } = await compileCore(asc as unknown as Asc, data.files, data.revision);
  const core = bytes && { bytes, module: await WebAssembly.compile(bytes) };
  say({ kind: 'built', seq: data.seq, core, words });
};
