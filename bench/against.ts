// SPDX-License-Identifier: MIT
/**
 * `npm run bench -- io --against DIR`: 10,000 I/O steps by this checkout and by another one, in one process. Both
 * engines are bundled in the same way from their sources; DIR needs its node_modules and its cores (`npm run build:core`).
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isDeepStrictEqual } from 'node:util';
import type { run } from '#engine/run/runner.ts';
import type { parseDocument } from '#engine/scenario/parse.ts';
import { build } from 'vite';
import { ioStepsDocument } from './io-steps.ts';
import { ROOT } from './root.ts';
import { median, table } from './table.ts';

const REPETITIONS = 9;
const CORE = 'v6-04.trace.wasm';

/** What is measured of a checkout; it need not be this one's engine, only be called like it. */
interface Engine {
  run: typeof run;
  parseDocument: typeof parseDocument;
}

/** Milliseconds of a run: on the clock, and of all threads of the process. */
interface Sample {
  wall: number;
  cpu: number;
}

/** @returns whether both return the same Run */
export async function benchAgainst(dir: string): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const here = await runOf(ROOT, join(folder, 'here'));
    const there = await runOf(resolve(dir), join(folder, 'there'));
    // Warm-up too.
    const same = isDeepStrictEqual(here(), there());
    const samples = { here: [] as Sample[], there: [] as Sample[] };
    for (let i = 0; i < REPETITIONS; i++) {
      samples.there.push(timed(there));
      samples.here.push(timed(here));
    }
    report(samples);
    console.log(same ? '\nboth return the same Run' : '\nTHE RUNS DIFFER');
    return same;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Bundles the engine of a checkout; what it returns runs the steps on the core of that checkout. */
async function runOf(root: string, outDir: string): Promise<() => unknown> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rollupOptions: {
        input: {
          runner: join(root, 'engine/run/runner.ts'),
          parse: join(root, 'engine/scenario/parse.ts'),
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  const load = (name: string) =>
    import(/* @vite-ignore */ pathToFileURL(join(outDir, name)).href) as Promise<Engine>;
  const { run } = await load('runner.mjs');
  const { parseDocument } = await load('parse.mjs');
  const core = new WebAssembly.Module(readFileSync(join(root, 'build/core', CORE)));
  const { scenario, problems } = parseDocument(JSON.stringify(ioStepsDocument(10_000)));
  if (scenario === null) throw new Error(`${root} refuses the bench's scenario: ${problems[0]?.message}`);
  return () => run(core, scenario);
}

/** What the run before left behind is not charged to this one. */
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function timed(run: () => unknown): Sample {
  collectGarbage();
  const cpu = process.cpuUsage();
  const start = performance.now();
  run();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1000 };
}

function report({ here, there }: { here: Sample[]; there: Sample[] }): void {
  const row = (name: string, of: (sample: Sample) => number) => {
    const [a, b] = [median(here.map(of)), median(there.map(of))];
    return [name, a.toFixed(0), b.toFixed(0), (a / b).toFixed(2)];
  };
  console.log(
    table(
      ['10,000 I/O steps', 'ms here', 'ms there', 'ratio'],
      [row('on the clock', ({ wall }) => wall), row('of all threads', ({ cpu }) => cpu)],
    ),
  );
}
