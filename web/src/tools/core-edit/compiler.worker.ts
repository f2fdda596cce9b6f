// SPDX-License-Identifier: MIT
import asc from 'assemblyscript/asc';
import type { Sources } from '#engine/core-edit/types.ts';
import type { Revision } from '#engine/kernel/features.ts';
import { compileCore, type Asc, type CompilerWord } from './compile.ts';

/** The AssemblyScript compiler, off the page's thread: the page ends this worker if a compilation does not. */

export interface CompilerQuestion {
  seq: number;
  files: Sources;
  revision: Revision;
}

export type CompilerAnswer =
  /** The compiler is loaded. */
  { kind: 'ready' } | { kind: 'built'; seq: number; core: BuiltCore | null; words: CompilerWord[] };

export interface BuiltCore {
  module: WebAssembly.Module;
  bytes: Uint8Array<ArrayBuffer>;
}

const say = (answer: CompilerAnswer) => postMessage(answer);

onmessage = async ({ data }: MessageEvent<CompilerQuestion>) => {
  const { bytes, words } = await compileCore(asc as unknown as Asc, data.files, data.revision);
  const core = bytes && { bytes, module: await WebAssembly.compile(bytes) };
  say({ kind: 'built', seq: data.seq, core, words });
};

say({ kind: 'ready' });
