// SPDX-License-Identifier: MIT
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { staticServer } from './serve.mjs';

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'serve-'));
  mkdirSync(join(folder, 'dist/assets'), { recursive: true });
  mkdirSync(join(folder, 'dist-private'));
  writeFileSync(join(folder, 'dist/index.html'), '<p>page');
  writeFileSync(join(folder, 'dist/assets/core.wasm'), 'wasm');
  writeFileSync(join(folder, 'dist/assets/app.js'), 'js');
  writeFileSync(join(folder, 'dist/with space.txt'), 'space');
  // More than a socket holds.
  writeFileSync(join(folder, 'dist/large.bin'), Buffer.alloc(32 * 1024 * 1024));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'dist-private/secret.txt'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'dist/way-out.txt'));
  server = staticServer(join(folder, 'dist'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends the path as it is: fetch() would resolve its dots. */
function get(path: string, method = 'GET'): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    })
      .on('error', reject)
      .end();
  });
}

/** Asks for a file, and hangs up after the first bytes of it. */
function abandon(path: string): Promise<void> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path }, (response) => {
      response.once('data', () => response.destroy());
      response.on('error', () => {}).on('close', resolve);
    });
    asked.on('error', reject).end();
  });
}

describe('the static server', () => {
  test.each([
    ['/', 'text/html; charset=utf-8', '<p>page'],
    ['/index.html?x#y', 'text/html; charset=utf-8', '<p>page'],
    ['/assets/core.wasm', 'application/wasm', 'wasm'],
    ['/assets/app.js', 'text/javascript; charset=utf-8', 'js'],
    ['/with%20space.txt', 'text/plain; charset=utf-8', 'space'],
  ])('serves %s', async (path, type, body) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.body).toBe(body);
  });

  test('sends the policy of a path with the file, and other headers if it is told to', async () => {
    expect((await get('/')).headers['content-security-policy']).toBe("frame-ancestors 'none'");
    expect((await get('/assets/app.js')).headers['content-security-policy']).toContain("default-src 'none'");
    expect((await get('/with%20space.txt')).headers['content-security-policy']).toBeUndefined();
    expect((await get('/')).headers['referrer-policy']).toBe('no-referrer');
  });

  test('answers HEAD with the length and no body', async () => {
    const { status, headers, body } = await get('/index.html', 'HEAD');
    expect([status, headers['content-length'], body]).toEqual([200, '7', '']);
  });

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%2fdist-private/secret.txt',
    '/way-out.txt',
    '/assets',
    '/missing.html',
    '/%ff',
    '/index.html%00.txt',
  ])('serves nothing for %s', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });

  test.runIf(existsSync('/proc/self/fd'))('closes the file of a download that is abandoned', async () => {
    const real = realpathSync(join(folder, 'dist/large.bin'));
    const open = () =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`) === real;
        } catch {
          return false;
        }
      }).length;
    for (let i = 0; i < 5; i++) await abandon('/large.bin');
    await vi.waitFor(() => expect(open()).toBe(0), { timeout: 10_000 });
  });

  test('takes nothing in', async () => {
    expect((await get('/', 'POST')).status).toBe(405);
  });
});
