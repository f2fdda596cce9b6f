// SPDX-License-Identifier: MIT
// Code of the page's that is needed as a text of its own: a classic script, which imports nothing.
import { join } from 'node:path';
import { build } from 'vite';

/**
 * Bundles a file into one classic script. Returns its text.
 * @param {{ root: string, notices: () => import('vite').Plugin }} options the folder of the page's sources, and who notes
 *   what is bundled
 * @param {string} entry from the root
 * @param {string} name of what the script declares
 */
export async function oneText({ root, notices }, entry, name) {
  const made = await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    plugins: [notices()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: { checks: { bundlerTimings: false } },
      lib: { entry: join(root, entry), formats: ['iife'], name, fileName: name },
    },
  });
  const output = [made].flat().flatMap((one) => ('output' in one ? one.output : []));
  const [chunk, ...others] = output.filter((one) => one.type === 'chunk');
  if (chunk === undefined || others.length > 0)
    throw new Error(`${entry} is not one text when it is bundled`);
  return chunk.code;
}
