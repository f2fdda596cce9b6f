// SPDX-License-Identifier: MIT
/**
 * How long a first visit waits for its verdict on a slow machine with a slow line, beside the least that the same bytes
 * take there: an empty page with one script of as many.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Request } from '@playwright/test';
import { serveCompressed, type Served } from './first-server.ts';
import { ROOT } from './root.ts';
import { roundTrips, type Span } from './round-trips.ts';
import { median, table } from './table.ts';

const SLOWED = 4;
const LINE = {
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
  offline: false,
};
const TIMES = 5;

interface Visit {
  ms: number;
  /** Of all that was asked for before, as it came over the line. */
  bytes: number;
  /** How many requests in a row waited for one another. */
  roundTrips: number;
}

/** @throws in words if the page is not built, or there is no Chromium */
export async function benchFirst(dist = join(ROOT, 'dist')): Promise<void> {
  if (!existsSync(join(dist, 'index.html'))) throw new Error('dist/ has no index.html: npm run build first');
  // Not bundled: it looks for a browser from where it lies.
  const finder = pathToFileURL(join(ROOT, 'scripts/find-chromium.mjs')).href;
  const { findChromium } = (await import(
    /* @vite-ignore */ finder
  )) as typeof import('../scripts/find-chromium.mjs');
  const executablePath = await findChromium();
  const asRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--disable-gpu', ...(asRoot ? ['--no-sandbox'] : [])],
  });
  const served = await serveCompressed(dist);
  try {
    // Once for nothing: the browser warms up, and the bytes become known.
    const { bytes } = await visit(browser, served, served.address, '.first-verdict');
    served.add(
      '/least/',
      'text/html',
      '<!doctype html><title>least</title><script src="least.js"></script><body>',
    );
    served.add('/least/least.js', 'text/javascript', leastScript(bytes));
    const first: Visit[] = [];
    const least: Visit[] = [];
    for (let i = 0; i < TIMES; i++) {
      first.push(await visit(browser, served, served.address, '.first-verdict'));
      least.push(await visit(browser, served, `${served.address}least/`, '.least'));
    }
    report(first, least);
  } finally {
    await browser.close();
    served.close();
  }
}

/** A script of this many bytes, which puts something into its page. */
function leastScript(bytes: number): string {
  const act = `addEventListener('DOMContentLoaded',()=>{document.body.innerHTML='<p class=least>'});//`;
  return act.padEnd(bytes, '.');
}

/** Opens an address as a first visit does, until something that `wanted` selects is in the page. */
async function visit(browser: Browser, served: Served, address: string, wanted: string): Promise<Visit> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', LINE);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
    const requests: Request[] = [];
    page.on('request', (request) => requests.push(request));
    await page.addInitScript((selector) => {
      const there = new Promise<number>((resolve) => {
        const look = () => {
          if (document.querySelector(selector) === null) return;
          observer.disconnect();
          resolve(performance.now());
        };
        const observer = new MutationObserver(look);
        observer.observe(document, { childList: true, subtree: true });
      });
      Object.assign(window, { there });
    }, wanted);
    await page.goto(address, { waitUntil: 'commit' });
    const [ms, origin] = await page.evaluate(async () => {
      const { there } = window as unknown as { there: Promise<number> };
      return [await there, performance.timeOrigin] as const;
    });
    // When those ended that are known by now is told a little later.
    await Promise.all(requests.map(async (request) => (await request.response())?.finished()));
    const before = requests
      .map((request) => ({ path: new URL(request.url()).pathname, ...spanOf(request, origin) }))
      .filter(({ start, end }) => start < ms && end <= ms && end >= 0);
    return {
      ms,
      bytes: before.reduce((sum, { path }) => sum + served.bytesOf(path), 0),
      roundTrips: roundTrips(before),
    };
  } finally {
    await context.close();
  }
}

/** When a request began and ended, in ms since the page's own time began. */
function spanOf(request: Request, origin: number): Span {
  const { startTime, responseEnd } = request.timing();
  return { start: startTime - origin, end: startTime - origin + responseEnd };
}

function report(first: readonly Visit[], least: readonly Visit[]): void {
  const middle = (visits: readonly Visit[]) => median(visits.map(({ ms }) => ms));
  const row = (name: string, visits: readonly Visit[]) => {
    const { bytes, roundTrips } = visits[0]!;
    const all = visits.map(({ ms }) => ms.toFixed(0)).join(' ');
    const ratio = (middle(visits) / middle(least)).toFixed(2);
    return [name, middle(visits).toFixed(0), ratio, String(bytes), String(roundTrips), all];
  };
  console.log(`The processor slowed ${SLOWED} times, 1.6 Mbit/s, 150 ms; median of ${TIMES}.`);
  const head = ['until it is in the page', 'ms', 'ratio', 'bytes', 'round trips', 'each'];
  console.log(table(head, [row('first verdict', first), row('one empty script of these bytes', least)]));
}
