// SPDX-License-Identifier: MIT
// Serves dist/ on 127.0.0.1 and prints the address. The port is a free one, or $PORT.
import { createReadStream, existsSync, realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** @type {Record<string, string>} */
const MIME = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain; charset=utf-8',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/**
 * The file that an address names, or null: only regular files that lie inside `root`, symbolic links followed.
 * @param {string} root a folder
 * @param {string} path the path of the address, percent-encoded, with its leading slash
 */
export function fileFor(root, path) {
  let name;
  try {
    name = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (name.includes('\0')) return null;
  const wanted = join(root, name.endsWith('/') ? `${name}index.html` : name);
  if (!existsSync(wanted)) return null;
  const real = realpathSync(wanted);
  return real.startsWith(realpathSync(root) + sep) && statSync(real).isFile() ? real : null;
}

const WORKER = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/**
 * The policy that goes with a path, as docs/HOSTING.md has it. The page brings the rest of its own; a worker that starts
 * from its own address has none but this.
 * @param {string} path the path of the address
 */
export function policyOf(path) {
  // It is made to be shown within other pages, and only it.
  if (path.endsWith('/embed.html')) return 'frame-ancestors *';
  if (path.endsWith('/') || path.endsWith('.html')) return "frame-ancestors 'none'";
  if (/\/sw(-off)?\.js$/.test(path)) return WORKER;
  if (!path.startsWith('/assets/') || !path.endsWith('.js')) return null;
  return path.startsWith('/assets/compiler.worker-') ? `${WORKER} data:` : WORKER;
}

/** @param {string} path @returns {Record<string, string>} */
function headersOf(path) {
  const policy = policyOf(path);
  return {
    'Referrer-Policy': 'no-referrer',
    ...(policy === null ? {} : { 'Content-Security-Policy': policy }),
  };
}

/**
 * A server of the files under `root`.
 * @param {string} root
 * @param {(path: string) => Record<string, string>} more the headers of a path, beside those that say what a file is
 */
export function staticServer(root, more = headersOf) {
  return createServer((request, response) => {
    /** @param {number} status @param {string} words */
    const refuse = (status, words) =>
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${words}\n`);

    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET and HEAD');
    const path = (request.url ?? '/').replace(/[?#].*$/s, '');
    const file = fileFor(root, path);
    if (file === null) return refuse(404, 'No such file');
    response.writeHead(200, {
      'Content-Type': MIME[extname(file)] ?? 'application/octet-stream',
      'Content-Length': statSync(file).size,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
      ...more(path),
    });
    if (request.method === 'HEAD') return response.end();
    // Whichever side ends early, by an abandoned download or an unreadable file, the other is closed with it.
    pipeline(createReadStream(file), response, () => {});
  });
}

function main() {
  if (!existsSync(join(DIST, 'index.html'))) {
    console.error('serve: dist/ has no index.html. Build it first: npm run build');
    process.exitCode = 1;
    return;
  }
  const port = Number(process.env.PORT ?? 0);
  const server = staticServer(DIST);
  server.on('error', (error) => {
    console.error(`serve: port ${port}: ${error.message}. PORT=<another> chooses, without it a free one is.`);
    process.exitCode = 1;
  });
  server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    const actual = typeof address === 'object' ? address?.port : port;
    console.log(`iomap-playground: http://127.0.0.1:${actual}/  (Ctrl+C stops it)`);
  });
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) main();
