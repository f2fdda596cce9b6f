// SPDX-License-Identifier: MIT
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/first.css';
import './styles/verdict.css';
import { earlyKeys } from './boot/early-keys.ts';
import { chooseStart } from './boot/start.ts';
import { readStart } from './boot/first-read.ts';
import { firstVerdict } from './boot/first-verdict.ts';
import { earlyEngine } from './boot/early.ts';
import { keepRoom } from './boot/intro.ts';
import type { Question } from './workers/protocol.ts';
import { applyTheme, keptTheme } from './boot/theme.ts';

/** First the engine and its verdict; then the page to work with. */
async function begin() {
  // The first lines of the page say so; see scripts/vite/early-start.mjs.
  if (!('WebAssembly' in self)) return;
  if (self !== top && (await import('./boot/framed.ts')).onlyLink()) return;
  const handOver = earlyKeys();
  const engine = earlyEngine();
  applyTheme(keptTheme());
  const start = await chooseStart();
  keepRoom(document.getElementById('app')!, start);
  const scenario = await readStart(start.text);
  const worker = await firstVerdict(start, scenario, engine(), document.getElementById('first')!);
  // The verdict is drawn before anything else is asked for.
  await new Promise(requestAnimationFrame);
  worker?.postMessage({ kind: 'rest', seq: 0 } satisfies Question);
  const { openPage } = await import('./page.ts');
  openPage(document.getElementById('app')!, start, worker);
  handOver();
}

begin().catch((error: unknown) => {
  const place = document.getElementById('first');
  if (place)
    place.textContent = `The page did not start: ${String(error)}. Reload it to try again; if that does not help, the server lacks a file of it.`;
});
