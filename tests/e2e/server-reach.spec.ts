// SPDX-License-Identifier: MIT
// What the code of a scenario's server can reach: nothing. Without the watch of playground.ts, which counts what is
// refused as well; here a listener counts what arrives.
import { createSocket } from 'node:dgram';
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
  const { port } = listener.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  // WebTransport and WebRTC send datagrams.
  const datagrams = createSocket('udp4');
  datagrams.on('message', () => asked.push('datagram'));
  await new Promise<void>((done) => datagrams.bind(port, '127.0.0.1', done));
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
attempt('transport', () => { new WebTransport(base.replace('http', 'https') + '/transport'); });
attempt('rtc', () => {
  const peer = new RTCPeerConnection({ iceServers: [{ urls: base.replace('http://', 'stun:') }] });
  peer.createDataChannel('x');
  peer.createOffer().then((offer) => peer.setLocalDescription(offer));
});
attempt('shared', () => new SharedWorker(URL.createObjectURL(new Blob(['fetch("' + base + '/shared")']))));
attempt('channel', () => { new BroadcastChannel('reach').postMessage('from the code'); });
attempt('timers', () => {
  let ticks = 0;
  const tick = () => {
    fetch(base + '/tick').catch(() => {});
    new BroadcastChannel('reach').postMessage('tick');
    log('tick ' + ++ticks + ': ' + 'after the run');
  };
  setInterval(tick, 0);
  setTimeout(tick, 0);
  queueMicrotask(() => Promise.resolve().then(tick));
});
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
    await page.addInitScript(() => {
      const heard: string[] = [];
      Object.assign(window, { heard, channel: new BroadcastChannel('reach') });
      (window as unknown as { channel: BroadcastChannel }).channel.onmessage = ({ data }) =>
        heard.push(String(data));
    });
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
      'beacon',
      'rtc',
      'shared',
      'eval',
      'function',
      'indexeddb',
      'worker',
      'document',
      'parent',
    ])
      expect([name, said[name]]).toEqual([name, expect.stringMatching(/^refused/)]);
    // What answers later has nothing of the page's own to open.
    expect(await page.evaluate(() => caches.keys())).not.toContain('x');
    // When the run is over, frame and worker are gone, and with them the timers.
    await expect(page.locator('iframe')).toHaveCount(0);
    await expect
      .poll(() => page.workers().filter((worker) => worker.url().startsWith('blob:')).length)
      .toBe(0);
    // A message of another page of this origin comes after all that the code sent.
    const heard = await page.evaluate(
      () =>
        new Promise<string[]>((done) => {
          const { heard, channel } = window as unknown as { heard: string[]; channel: BroadcastChannel };
          const others = channel.onmessage!;
          channel.onmessage = (event) => (event.data === 'last' ? done(heard) : others.call(channel, event));
          new BroadcastChannel('reach').postMessage('last');
        }),
    );
    expect(heard).toEqual([]);
    // What was promised is refused later: a request that the test's own page makes comes after all of them.
    await (await fetch(`${base}/last`)).text();
    expect(asked).toEqual(['/last']);
  } finally {
    listener.close();
    datagrams.close();
  }
});
