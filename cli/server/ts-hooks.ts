// SPDX-License-Identifier: MIT
/** Module hooks: TypeScript without its types, and this package by its name wherever the file lies. */
import { readFile } from 'node:fs/promises';
import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transform } from 'sucrase';

const LIBRARY = new URL('./lib.js', import.meta.url).href;

export const resolve: ResolveHook = (specifier, context, next) =>
  specifier === 'iomap-playground' ? { url: LIBRARY, shortCircuit: true } : next(specifier, context);

export const load: LoadHook = async (url, context, next) => {
  if (!/^file:.*\.m?ts$/.test(url)) return next(url, context);
  const source = await readFile(fileURLToPath(url), 'utf8');
  const { code } = transform(source, {
    transforms: ['typescript'],
    filePath: url,
    disableESTransforms: true,
  });
  return { format: 'module', source: code, shortCircuit: true };
};
