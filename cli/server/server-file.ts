// SPDX-License-Identifier: MIT
/** A process that answers lines with the server in a file: node server-file.js PATH. */
import { writeSync } from 'node:fs';
import { register } from 'node:module';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { ServerFault, type ServerSource } from '#engine/server/fuse-server.ts';
import { LineAnswerer } from '#engine/server/serve-lines.ts';

// What the server prints must not come between its answers.
const toStderr = (...said: unknown[]) => void writeSync(2, `${said.map(String).join(' ')}\n`);
console.log = console.info = console.debug = toStderr;

const path = process.argv[2] ?? '';
const url = pathToFileURL(path).href;

/** Ends the process. What went wrong in the file is told in a line, with its place there and without what called it. */
function fail(what: string, error: unknown): never {
  const { stack = '' } = error instanceof Error ? error : {};
  const at = stack.indexOf(`${url}:`);
  const place = at < 0 ? '' : (/^:\d{1,9}(?::\d{1,9})?/.exec(stack.slice(at + url.length))?.[0] ?? '');
  const said = String(error).replaceAll(url, basename(path));
  writeSync(2, `${what}${said}${place === '' ? '' : ` (${basename(path)}${place})`}\n`);
  process.exit(1);
}

// Beside this file, wherever it was built to.
register(new URL('./ts-hooks.js', import.meta.url));
const loaded = (await import(url).catch((error: unknown) => fail('the file does not load: ', error))) as {
  default?: ServerSource;
};
if (loaded.default === undefined) fail('', 'the file has no default export: it is to be the server');

const answerer = new LineAnswerer(loaded.default);
for await (const line of createInterface({ input: process.stdin })) {
  let answer: string;
  try {
    answer = answerer.answer(line);
  } catch (error) {
    if (error instanceof ServerFault) fail('', error.message);
    fail('it threw ', error);
  }
  writeSync(1, `${answer}\n`);
}
