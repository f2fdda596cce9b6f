// SPDX-License-Identifier: GPL-2.0-only
// Compiles assembly/ into build/core/: for each revision a `fast` and a `trace` build of the same source.
// A build is skipped while neither the sources nor the compiler changed; --force builds anyway.
//
// The constants reach the sources as globals (`asc --use ASC_TRACE=1`), like asc's own ASC_TARGET. They must
// not be declared in a file that asc compiles: a declared constant becomes an import of the module.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ENTRY = 'assembly/index.ts';
const CONFIG = 'asconfig.json';
const OUT = 'build/core';

/** Every revision that is built. `number` is what assembly/config.ts compares with. */
export const REVISIONS = [{ name: 'v6-04', number: 4 }];

/** The builds of each revision, and the value of the compile-time constant ASC_TRACE in them. */
export const BUILDS = [
  { name: 'fast', trace: 0 },
  { name: 'trace', trace: 1 },
];

const variants = REVISIONS.flatMap((revision) =>
  BUILDS.map((build) => ({
    file: `${OUT}/${revision.name}.${build.name}.wasm`,
    uses: [`ASC_REVISION=${revision.number}`, `ASC_TRACE=${build.trace}`],
  })),
);

/** Digest of all that a build depends on: sources, settings, this script, the compiler's version. */
function inputsDigest() {
  const sources = readdirSync(join(ROOT, 'assembly'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join('assembly', path))
    .sort();
  const hash = createHash('sha256');
  for (const path of [...sources, CONFIG, 'scripts/build-core.mjs'])
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
  hash.update(
    JSON.parse(readFileSync(join(ROOT, 'node_modules/assemblyscript/package.json'), 'utf8')).version,
  );
  return hash.digest('hex');
}

/** @param {{ file: string, uses: string[] }} variant */
async function compile({ file, uses }) {
  const { default: asc } = await import('assemblyscript/asc');
  // Written beside and moved into place: whoever reads meanwhile sees the old build or the new, never half.
  const draft = file.replace(/\.wasm$/, `.${process.pid}.draft.wasm`);
  const args = [ENTRY, '--config', CONFIG, '--outFile', draft, ...uses.flatMap((use) => ['--use', use])];
  const { error, stderr } = await asc.main([...args, '--baseDir', ROOT]);
  const words = stderr.toString();
  if (words) process.stderr.write(words);
  if (error) throw new Error(`${file}: the core does not compile (${error.message})`);
  renameSync(join(ROOT, draft), join(ROOT, file));
}

/** @param {string} file */
function size(file) {
  const bytes = readFileSync(join(ROOT, file));
  return `${file}  ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped`;
}

async function main() {
  if (!existsSync(join(ROOT, ENTRY))) throw new Error(`${ENTRY} is missing: nothing to compile`);
  mkdirSync(join(ROOT, OUT), { recursive: true });
  const stamp = join(ROOT, OUT, 'inputs.sha256');
  const digest = inputsDigest();
  const fresh =
    !process.argv.includes('--force') &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === digest &&
    variants.every(({ file }) => existsSync(join(ROOT, file)));
  if (!fresh) {
    // Without its stamp an interrupted build is never taken for a finished one.
    rmSync(stamp, { force: true });
    for (const variant of variants) await compile(variant);
    writeFileSync(stamp, digest);
  }
  for (const { file } of variants) console.log(size(file));
}

try {
  await main();
} catch (error) {
  console.error(`build-core: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
