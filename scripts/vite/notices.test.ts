// SPDX-License-Identifier: MIT
// Small projects, built with the plugins that the page is built with.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { build, type Rolldown } from 'vite';
import { thirdPartyNotices } from './notices.mjs';

const folders: string[] = [];
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'notices-'));
  folders.push(root);
});
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function putPackage(name: string, license: string, files: Record<string, string>): void {
  put(
    `node_modules/${name}/package.json`,
    JSON.stringify({ name, version: '1.0.0', license, type: 'module' }),
  );
  put(`node_modules/${name}/LICENSE`, `The licence of ${name}`);
  for (const [file, text] of Object.entries(files)) put(`node_modules/${name}/${file}`, text);
}

/** Builds main.js, and gives the notices. */
async function notices(): Promise<string> {
  const { page, worker } = thirdPartyNotices({ file: 'NOTICES.txt', title: 'Of others', root, main: 'page' });
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root,
    plugins: [page],
    worker: { format: 'es', plugins: () => [worker()] },
    build: { write: false, rolldownOptions: { input: join(root, 'main.js') } },
  });
  const { output } = built as Rolldown.RolldownOutput;
  const found = output.find(({ fileName }) => fileName === 'NOTICES.txt');
  return found?.type === 'asset' ? String(found.source) : '';
}

const WORKER = "new Worker(new URL('./compiler.worker.js', import.meta.url), { type: 'module' });";

test('packages of the page, of its workers and of its styles are listed, others not', async () => {
  putPackage('used', 'MIT', { 'index.js': 'console.log("used")' });
  putPackage('styled', 'ISC', { 'some.css': 'b { color: red }' });
  putPackage('compiler', 'Apache-2.0', { 'index.js': 'console.log("compiler")' });
  putPackage('shaken', 'MIT', { 'index.js': 'export const shaken = 1;' });
  put('compiler.worker.js', "import 'compiler/index.js';");
  put(
    'main.js',
    `import 'used/index.js'; import 'styled/some.css'; import { shaken } from 'shaken/index.js'; ${WORKER}`,
  );
  const text = await notices();
  expect(text).toMatch(/^Of others\n/);
  expect(text).toMatch(/^used +1\.0\.0 +MIT +page$/m);
  expect(text).toMatch(/^styled +1\.0\.0 +ISC +page$/m);
  expect(text).toMatch(/^compiler +1\.0\.0 +Apache-2\.0 +compiler\.worker$/m);
  expect(text).toContain('compiler 1.0.0: LICENSE\n\nThe licence of compiler\n');
  expect(text).not.toContain('shaken');
});

test('a package that may not be where it is fails the build', async () => {
  putPackage('compiler', 'Apache-2.0', { 'index.js': 'console.log("compiler")' });
  put('compiler.worker.js', "import 'compiler/index.js';");
  put('main.js', `import 'compiler/index.js'; ${WORKER}`);
  await expect(notices()).rejects.toThrow('compiler is under Apache-2.0');
});

test.each(['./core.ts', './core.ts?raw'])('a module under the GPL fails the build: %s', async (name) => {
  put('core.ts', '// SPDX-License-Identifier: GPL-2.0-only\nconsole.log("core"); export default 1;');
  put('main.js', `import core from '${name}'; console.log(core);`);
  await expect(notices()).rejects.toThrow('core.ts');
});
