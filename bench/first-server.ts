// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Files served as a usual host does: compressed. */
export interface Served {
  /** Where it listens, with a slash at its end. */
  address: string;
  /** One more file, which is not compressed. */
  add(path: string, type: string, content: string): void;
  /** How many bytes go over the line for a path, without headers. */
  bytesOf(path: string): number;
  close(): void;
}

interface File {
  type: string;
  encoding: 'gzip' | 'identity';
  body: Buffer;
}

/** Serves a folder on a free port; each file is compressed once, when it is first asked for. */
export async function serveCompressed(folder: string): Promise<Served> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const there = new Set(names.map((name) => `/${name.split(sep).join('/')}`));
  const files = new Map<string, File>();
  const fileOf = (path: string): File | undefined => {
    const name = path === '/' ? '/index.html' : path;
    const known = files.get(name);
    if (known || !there.has(name)) return known;
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    const body = gzipSync(readFileSync(join(folder, name)), { level: 9 });
    const file: File = { type, encoding: 'gzip', body };
    files.set(name, file);
    return file;
  };
  const server = createServer(({ url = '/' }, response) => send(response, fileOf(url)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    add: (path, type, content) =>
      void files.set(path, { type, encoding: 'identity', body: Buffer.from(content) }),
    bytesOf: (path) => fileOf(path)?.body.length ?? 0,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function send(response: ServerResponse, file: File | undefined): void {
  if (file === undefined) return void response.writeHead(404).end();
  const { type, encoding, body } = file;
  const head = { 'Content-Type': type, 'Content-Encoding': encoding, 'Content-Length': body.length };
  response.writeHead(200, head).end(body);
}
