// SPDX-License-Identifier: MIT
// The sandbox for the code of a server: a frame whose script the page's policy allows by its hash, and the engine as one
// text, since nothing can be loaded inside (web/src/sandbox/).
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneText } from './one-text.mjs';

const FRAME = 'virtual:sandbox-frame';
const ENGINE = 'virtual:sandbox-engine';

/** The script of the frame: its comments and its indentation stay out. @param {string} root */
export function frameScript(root) {
  return readFileSync(join(root, 'src/sandbox/frame-script.js'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'))
    .join('\n');
}

/** @param {string} script */
const hashOf = (script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/**
 * The document of the frame. Its policy narrows what it has from the page: its own script, one worker from a blob, and
 * WebAssembly; no request, no storage, no frame.
 * @param {string} script
 */
export function frameDocument(script) {
  const policy = `default-src 'none'; script-src ${hashOf(script)} 'wasm-unsafe-eval'; worker-src blob:`;
  return (
    `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<script>${script}</script>`
  );
}

/**
 * The page with the frame's script in its policy, which a srcdoc frame inherits.
 * @param {string} html
 * @param {string} script
 */
export function withFrameScript(html, script) {
  const parts = html.split("'wasm-unsafe-eval'");
  if (parts.length !== 2)
    throw new Error(`index.html has 'wasm-unsafe-eval' ${parts.length - 1} times, not once`);
  return parts.join(`'wasm-unsafe-eval' ${hashOf(script)}`);
}

const PLAY = 'virtual:no-sandbox';

/**
 * For an embed, which runs nobody's code: it has neither the sandbox nor what reads TypeScript.
 * @returns {import('vite').Plugin}
 */
export function noSandbox() {
  return {
    name: 'no-sandbox',
    enforce: 'pre',
    resolveId: (id) => (id.endsWith('/sandbox/play.ts') ? `\0${PLAY}` : null),
    load: (id) =>
      id === `\0${PLAY}`
        ? `export const playServer = async () => ({ broken: 'No code runs here.', line: null, notes: { log: [], states: [] } });`
        : null,
  };
}

/**
 * @param {{ root: string, notices: () => import('vite').Plugin }} options the folder of the page's sources, and who notes
 *   what is bundled
 * @returns {import('vite').Plugin}
 */
export function sandbox({ root, notices }) {
  const script = frameScript(root);
  return {
    name: 'sandbox',
    resolveId: (id) => (id === FRAME || id === ENGINE ? `\0${id}` : null),
    async load(id) {
      if (id === `\0${FRAME}`) return `export default ${JSON.stringify(frameDocument(script))};`;
      return id === `\0${ENGINE}`
        ? `export default ${JSON.stringify(await oneText({ root, notices }, 'src/sandbox/engine-inside.ts', 'inside'))};`
        : null;
    },
    transformIndexHtml: (html) => withFrameScript(html, script),
  };
}
