// SPDX-License-Identifier: MIT
// `npm run mutants [-- NAME…]`: breaks the core in small ways, one at a time, and sees whether the tests of the
// core notice. A mutant that survives is a test that is missing. Works on a copy of assembly/; takes minutes.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { BUILDS, CONFIG, REVISIONS, optionsOf } from './core-settings.mjs';
import { MUTANTS, ROWS, mutated, revisionOf, stagesOf } from './mutants-table.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = 'build/mutants';

/** The core as it is: what its tests notice would be told of every mutant. */
const UNCHANGED = 'unchanged';

/** @param {string} name @returns {import('./mutants-table.mjs').Mutant} */
function mutant(name) {
  const found = MUTANTS[name];
  if (found === undefined) throw new Error(`no mutant ${name}; there are: ${Object.keys(MUTANTS).join(' ')}`);
  return found;
}

/**
 * Compiles these revisions of the core with this mutant in them; the tests take the others as they are. Null, or why
 * it cannot be made.
 * @param {string} name
 * @param {string[]} revisions
 */
async function build(name, revisions) {
  const folder = join(ROOT, OUT, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(ROOT, 'assembly'), join(folder, 'assembly'), { recursive: true });
  if (name !== UNCHANGED) {
    const [file, from, to] = mutant(name);
    const path = join(folder, 'assembly', file);
    const text = mutated(readFileSync(path, 'utf8'), from, to);
    if (text === null) return `${file} does not have "${from}" once`;
    writeFileSync(path, text);
  }
  // What a map build says is compared with the others by a test of its own, and not of a mutant.
  for (const revision of REVISIONS.filter((one) => revisions.includes(one.name)))
    for (const build of BUILDS.filter(({ map }) => map !== 1)) {
      const out = `${OUT}/${name}/${revision.name}.${build.name}.wasm`;
      const entry = `${OUT}/${name}/assembly/index.ts`;
      const options = optionsOf(revision, build);
      const args = [entry, '--config', CONFIG, '--outFile', out, ...options, '--baseDir', ROOT];
      const { error, stderr } = await asc.main(args);
      if (error) return `does not compile: ${stderr.toString()}`;
    }
  return null;
}

/**
 * The first test that fails with this core; null if none does.
 * @param {string} name
 * @param {string[][]} stages
 */
function noticed(name, stages) {
  const env = { ...process.env, IOMAP_CORE_DIR: join(ROOT, OUT, name) };
  for (const tests of stages) {
    if (tests.every((test) => test.startsWith(ROWS))) {
      const files = tests.map((test) => `tests/conformance/vectors/${test.slice(ROWS.length)}.jsonl.gz`);
      const { status } = spawnSync(process.execPath, ['build/node/conformance.js', ...files], {
        cwd: ROOT,
        env,
      });
      if (status !== 0) return `rows of ${files.join(' ')}`;
      continue;
    }
    // A busy machine must not pass for a test that noticed.
    const { status, stdout } = spawnSync(
      'npx',
      ['vitest', 'run', '--bail=1', '--testTimeout=600000', '--reporter=json', ...tests],
      {
        cwd: ROOT,
        env,
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      },
    );
    if (status !== 0) {
      return /"status":"failed","title":"(.*?)"/.exec(stdout)?.[1] ?? 'a test file that failed to run';
    }
  }
  return null;
}

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(MUTANTS);
const stages = [...new Set(names.flatMap((name) => stagesOf(mutant(name))))];
const revisions = names.map((name) => revisionOf(mutant(name)));
const wrong = (await build(UNCHANGED, revisions)) ?? noticed(UNCHANGED, stages);
if (wrong !== null) throw new Error(`the core as it is does not pass its own tests: ${wrong}`);

let survived = 0;
for (const name of names) {
  const broken = await build(name, [revisionOf(mutant(name))]);
  const test = broken === null ? noticed(name, stagesOf(mutant(name))) : null;
  if (test === null) survived++;
  if (broken !== null) console.log(`${name}: cannot be made: ${broken}`);
  else console.log(test === null ? `${name}: SURVIVED` : `${name}: noticed by "${test}"`);
}
console.log(`${survived} survived`);
process.exitCode = survived === 0 ? 0 : 1;
