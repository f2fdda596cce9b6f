// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { frameDocument, frameScript, withFrameScript } from './sandbox.mjs';

const WEB = join(import.meta.dirname, '../../web');
const script = frameScript(WEB);
const hash = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

test('the page and the frame allow the frame its one script, by its hash', () => {
  const page = withFrameScript(readFileSync(join(WEB, 'index.html'), 'utf8'), script);
  expect(page).toMatch(/script-src 'self' 'wasm-unsafe-eval' 'sha256-/);
  for (const html of [page, frameDocument(script)]) expect(html).toContain(hash);
});

test('the script in the frame is the one that was hashed', () => {
  const [, inside] = /<script>([\s\S]*)<\/script>/.exec(frameDocument(script))!;
  expect(inside).toBe(script);
  expect(script).not.toMatch(/<\/|SPDX/);
});

test('the frame allows nothing else', () => {
  const [, policy] = /content="([^"]*)"/.exec(frameDocument(script))!;
  expect(policy).toBe(`default-src 'none'; script-src ${hash} 'wasm-unsafe-eval'; worker-src blob:`);
});

test('a page whose policy has no place for it is told', () => {
  expect(() => withFrameScript('<title>t</title>', script)).toThrow('0 times');
});
