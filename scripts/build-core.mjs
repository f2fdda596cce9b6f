// SPDX-License-Identifier: MIT
// Compiles assembly/ into build/core/: for each revision a `fast` and a `trace` build of the same source. The `debug`
// builds of some revisions go to build/core-debug/; see core-settings.mjs.
//
//   node scripts/build-core.mjs [--force] [REVISION…]
//
// A build is skipped while neither the sources nor its constants nor the compiler changed; --force builds anyway.
// Named revisions alone are built, the others stay as they are. The builds are shared out among threads.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { BUILDS, CONFIG, ENTRY, REVISIONS, compilerArguments, optionsOf } from './core-settings.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAMPS = 'build/core/stamps';

/** @typedef {{ file: string, stamp: string, options: string[] }} Variant */

/** @param {string[]} names */
function variantsOf(names) {
  const known = REVISIONS.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no revision ${unknown.join(', ')}; there are ${known.join(', ')}`);
  return REVISIONS.filter(({ name }) => names.length === 0 || names.includes(name)).flatMap((revision) =>
    BUILDS.filter(({ revisions }) => revisions?.includes(revision.name) ?? true).map((build) => ({
      file: `${build.folder}/${revision.name}.${build.name}.wasm`,
      stamp: `${STAMPS}/${revision.name}.${build.name}`,
      options: optionsOf(revision, build),
    })),
  );
}

/** Digest of all that the builds have in common: sources, settings, the compiler's version. */
function sourcesDigest() {
  const sources = readdirSync(join(ROOT, 'assembly'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join('assembly', path))
    .sort();
  const hash = createHash('sha256');
  for (const path of [...sources, CONFIG])
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
  hash.update(
    JSON.parse(readFileSync(join(ROOT, 'node_modules/assemblyscript/package.json'), 'utf8')).version,
  );
  return hash.digest('hex');
}

/** What the stamp of a build says if it is of these sources. */
const stampOf = (/** @type {Variant} */ { options }, /** @type {string} */ digest) =>
  `${digest} ${options.join(' ')}\n`;

/** @param {Variant} variant @param {string} digest */
function isFresh(variant, digest) {
  const stamp = join(ROOT, variant.stamp);
  if (!existsSync(stamp) || !existsSync(join(ROOT, variant.file))) return false;
  return readFileSync(stamp, 'utf8') === stampOf(variant, digest);
}

/** @param {Variant} variant @param {string} digest */
async function compile(variant, digest) {
  const { default: asc } = await import('assemblyscript/asc');
  const { file, stamp, options } = variant;
  // Without its stamp an interrupted build is never taken for a finished one.
  rmSync(join(ROOT, stamp), { force: true });
  // Written beside and moved into place: a concurrent reader sees the old build or the new, never half.
  const draft = file.replace(/\.wasm$/, `.${process.pid}.draft.wasm`);
  const args = compilerArguments(options, draft);
  const { error, stderr } = await asc.main([...args, '--baseDir', ROOT]);
  const words = stderr.toString();
  if (words) process.stderr.write(words);
  if (error) throw new Error(`${file}: the core does not compile (${error.message})`);
  renameSync(join(ROOT, draft), join(ROOT, file));
  writeFileSync(join(ROOT, stamp), stampOf(variant, digest));
}

/**
 * Compiles in as many threads as there are processors; the first failure ends them all.
 * @param {Variant[]} variants
 * @param {string} digest
 */
async function compileAll(variants, digest) {
  const queue = [...variants];
  const threads = Array.from({ length: Math.min(availableParallelism(), queue.length) }, async () => {
    const worker = new Worker(new URL(import.meta.url));
    try {
      for (let variant = queue.shift(); variant !== undefined; variant = queue.shift()) {
        worker.postMessage({ variant, digest });
        const [problem] = await once(worker, 'message');
        if (problem !== null) throw new Error(problem);
      }
    } catch (error) {
      queue.length = 0;
      throw error;
    } finally {
      await worker.terminate();
    }
  });
  const failed = (await Promise.allSettled(threads)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** @param {string} file */
function size(file) {
  const bytes = readFileSync(join(ROOT, file));
  return `${file}  ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped`;
}

/** @param {string[]} args */
async function main(args) {
  if (!existsSync(join(ROOT, ENTRY))) throw new Error(`${ENTRY} is missing: nothing to compile`);
  const variants = variantsOf(args.filter((arg) => arg !== '--force'));
  for (const folder of [STAMPS, ...variants.map(({ file }) => dirname(file))])
    mkdirSync(join(ROOT, folder), { recursive: true });
  const digest = sourcesDigest();
  const force = args.includes('--force');
  await compileAll(
    variants.filter((variant) => force || !isFresh(variant, digest)),
    digest,
  );
  for (const { file } of variants) console.log(size(file));
}

if (!isMainThread) {
  parentPort?.on('message', async ({ variant, digest }) => {
    try {
      await compile(variant, digest);
      parentPort?.postMessage(null);
    } catch (error) {
      parentPort?.postMessage(error instanceof Error ? error.message : String(error));
    }
  });
} else {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    console.error(`build-core: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
