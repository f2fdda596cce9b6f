// SPDX-License-Identifier: MIT
import { Random } from '#engine/fuzz/random.ts';
import { drawOps, type Op } from '#engine/fuzz/ops.ts';
import { runOps, shrink, type Setup, type Tally } from './run.ts';
import { KINDS } from './server.ts';

/** Operations of one run: enough for what one leaves behind to meet another, few enough for many setups. */
const OPS_PER_RUN = 250;

/** The setup that a seed stands for, and its operations. */
function drawRun(seed: number, how: { faults: boolean; late: boolean }): { setup: Setup; ops: Op[] } {
  const random = new Random(seed);
  const blockSizeBits = random.between(9, 13);
  const blockSize = 1 << blockSizeBits;
  const fileBlocks = Math.max(6, random.between(16 << 10, 160 << 10) >> blockSizeBits);
  const setup: Setup = {
    seed,
    kind: KINDS[seed % KINDS.length]!,
    blockSizeBits,
    logicalBlockSize: 1 << random.between(9, Math.min(12, blockSizeBits)),
    devices: random.between(1, 3),
    fileBlocks,
    size: random.oneIn(4) ? 0 : random.below(fileBlocks * blockSize),
    newSize: how.late,
    delayed: how.late && random.oneIn(2),
    faults: how.faults,
  };
  const limits = { maxBytes: fileBlocks * blockSize, blockSize, logicalBlockSize: setup.logicalBlockSize };
  return { setup, ops: drawOps(random, OPS_PER_RUN, limits) };
}

/**
 * Runs setups drawn from `seed` on until `count` operations are done. Throws with the seed, the setup and a shorter
 * list of operations if one goes wrong.
 */
export function runMany(
  module: WebAssembly.Module,
  count: number,
  seed: number,
  how: { faults: boolean; late: boolean; tally?: Tally },
): number {
  let done = 0;
  for (; done < count; seed++, done += OPS_PER_RUN) {
    const { setup, ops } = drawRun(seed, how);
    const wrong = runOps(module, setup, ops, how.tally);
    if (wrong === null) continue;
    const shorter = shrink(module, setup, ops);
    const last = runOps(module, setup, shorter) ?? wrong;
    throw new Error(
      `operation ${wrong.at}: ${wrong.problem}\n` +
        `run it again with FSX_SEED=${seed} FSX_OPS=1\n${JSON.stringify(setup)}\n` +
        `these do: ${last.problem}\n${shorter.map((op) => JSON.stringify(op)).join('\n')}`,
    );
  }
  return done;
}
