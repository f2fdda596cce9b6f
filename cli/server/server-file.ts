// SPDX-License-Identifier: MIT
/** A process that answers lines with the server in a file: node server-file.js PATH. */
import { register } from 'node:module';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { ServerSource } from '#engine/server/fuse-server.ts';
import { LineAnswerer } from '#engine/server/serve-lines.ts';

// What the server prints must not come between its answers.
const toStderr = (...said: unknown[]) => void writeSync(2, `${said.map(String).join(' ')}\n`);
console.log = console.info = console.debug = toStderr;

// Beside this file, wherever it was built to.
register(new URL('./ts-hooks.js', import.meta.url));
const loaded = (await import(pathToFileURL(process.argv[2] ?? '').href)) as { default?: ServerSource };
if (loaded.default === undefined) throw new Error('the file has no default export: it is to be the server');

const answerer = new LineAnswerer(loaded.default);
for await (const line of createInterface({ input: process.stdin })) {
  writeSync(1, `${answerer.answer(line)}\n`);
}
