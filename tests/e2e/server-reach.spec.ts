// SPDX-License-Identifier: MIT
// What the code of a scenario's server can reach: nothing. Without the watch of playground.ts, which counts what is
// refused as well; here a listener counts what arrives.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { Playground } from './playground.ts';
import { linkOf, scenarioWith } from './server-links.ts';

test('it reaches nothing: no network, no storage, no other worker', async ({ page }) => {
  const asked: string[] = [];
  const listener = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*').end('export {}');
  });
  listener.on('upgrade', (request, socket) => {
    asked.push(request.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  try {
    // Each names itself in the log once it is refused; what is not refused says so.
    const code = `
const base = '${base}';
function attempt(name, work) {
  try {
    const made = work();
    log(name + (made === undefined || made === null ? ': nothing' : made.then ? ': later' : ': made ' + typeof made));
    if (made && made.catch) made.catch(() => {});
  } catch (error) {
    log(name + ': refused ' + error.name);
  }
}
attempt('fetch', () => fetch(base + '/fetch'));
attempt('no-cors', () => fetch(base + '/no-cors', { mode: 'no-cors', method: 'POST', body: 'x' }));
attempt('xhr', () => { const x = new XMLHttpRequest(); x.open('GET', base + '/xhr', false); x.send(); return x; });
attempt('websocket', () => { new WebSocket(base.replace('http', 'ws') + '/ws'); });
attempt('eventsource', () => { new EventSource(base + '/events'); });
attempt('importscripts', () => { importScripts(base + '/script.js'); return 1; });
attempt('import', () => import(base + '/module.js'));
attempt('beacon', () => { navigator.sendBeacon(base + '/beacon'); });
attempt('eval', () => eval('1'));
attempt('function', () => new Function('return 1')());
attempt('indexeddb', () => indexedDB.open('x'));
attempt('caches', () => caches.open('x'));
attempt('opfs', () => navigator.storage.getDirectory());
attempt('worker', () => new Worker(URL.createObjectURL(new Blob(['fetch("' + base + '/nested")']))));
attempt('document', () => document);
attempt('parent', () => parent);
export function iomap_begin() { return -5; }
`;
    const playground = new Playground(page);
    await page.goto(`./${linkOf(scenarioWith(code))}`);
    await page.getByRole('button', { name: 'Run it' }).click();
    await expect(playground.verdict).toContainText('-EIO');
    await page.evaluate(() => (location.hash = '#/server'));
    const log = page.getByLabel('Log of the server');
    await expect(log).toContainText('parent: refused');
    const lines = await log.locator('li').allTextContents();
    const said = Object.fromEntries(
      lines.map((line) => /(\w[\w-]*): (.*)$/.exec(line.replace(/\s+/g, ' ').trim())!.slice(1, 3)) as [
        string,
        string,
      ][],
    );
    for (const name of [
      'xhr',
      'importscripts',
      'eval',
      'function',
      'indexeddb',
      'worker',
      'document',
      'parent',
    ])
      expect([name, said[name]]).toEqual([name, expect.stringMatching(/^refused/)]);
    // What was promised is refused later: a request that the test's own page makes comes after all of them.
    await (await fetch(`${base}/last`)).text();
    expect(asked).toEqual(['/last']);
  } finally {
    listener.close();
  }
});
