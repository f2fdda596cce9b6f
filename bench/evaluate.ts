// SPDX-License-Identifier: MIT
import { Batch } from '#engine/core/batch.ts';
import { readCore } from './core.ts';
import { prepareNative } from './native.ts';
import type { Pass } from './native.ts';
import { drawIndices, loadRows } from './rows.ts';
import { median, table } from './table.ts';

const EVALUATIONS = 1_000_000;
const REPETITIONS = 9;
const SEED = 20260122;

interface Contender {
  name: string;
  pass: () => Pass;
}

/**
 * Nanoseconds for each evaluation of `fast`, `trace` and native C over the same rows. The passes take turns, so
 * that a machine which slows down slows all of them; the medians are compared.
 * @returns whether all verdict checksums agree
 */
export function benchEvaluate(): boolean {
  const rows = loadRows();
  const indices = drawIndices(rows.length, EVALUATIONS, SEED);
  const contenders: Contender[] = [];
  for (const build of ['fast', 'trace'] as const) {
    const batch = new Batch(readCore('v6-04', build), rows);
    contenders.push({ name: `${build} (wasm)`, pass: () => timed(batch, indices) });
  }
  const native = prepareNative(rows, indices);
  if (native !== null) contenders.push({ name: 'native (gcc -O2)', pass: native });

  // Warm-up: the engine compiles what is hot.
  for (const { pass } of contenders) pass();
  const passes = new Map<string, Pass[]>(contenders.map(({ name }) => [name, []]));
  for (let repetition = 0; repetition < REPETITIONS; repetition++)
    for (const { name, pass } of contenders) passes.get(name)?.push(pass());

  console.log(
    `Evaluations of fuse_iomap_begin answers: ${EVALUATIONS} drawn from ${rows.length} rows (seed ${SEED}), ` +
      `median of ${REPETITIONS} passes in turn\n`,
  );
  report(passes);
  if (native === null) console.log('\nno gcc: nothing to compare with');
  return agree(passes);
}

function timed(batch: Batch, indices: Uint32Array): Pass {
  const start = performance.now();
  const checksum = BigInt.asUintN(64, batch.evaluate(indices));
  return { ns: ((performance.now() - start) * 1e6) / indices.length, checksum };
}

function report(passes: ReadonlyMap<string, readonly Pass[]>): void {
  const ns = [...passes].map(([name, list]) => ({ name, ns: median(list.map((pass) => pass.ns)) }));
  const of = (word: string) => ns.find(({ name }) => name.startsWith(word))?.ns;
  const ratio = (value: number, base: number | undefined) =>
    base === undefined ? '' : (value / base).toFixed(2);
  console.log(
    table(
      ['', 'ns', '/ native', '/ fast'],
      ns.map(({ name, ns }) => [name, ns.toFixed(2), ratio(ns, of('native')), ratio(ns, of('fast'))]),
    ),
  );
}

function agree(passes: ReadonlyMap<string, readonly Pass[]>): boolean {
  const sums = [...passes].flatMap(([name, list]) => list.map(({ checksum }) => ({ name, checksum })));
  const first = sums[0]?.checksum;
  const other = sums.find(({ checksum }) => checksum !== first);
  if (other === undefined) {
    console.log(`\nverdict checksum 0x${first?.toString(16)}, the same for all`);
    return true;
  }
  console.error(
    `\nverdict checksums differ: ${sums[0]?.name} 0x${first?.toString(16)}, ${other.name} 0x${other.checksum.toString(16)}`,
  );
  return false;
}
