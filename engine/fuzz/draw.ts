// SPDX-License-Identifier: MIT
/** The random steps of a run: reads of all there is, operations, and at the end what must be on the devices. */
import type { JsonValue } from '../scenario/json.ts';
import type { Scenario } from '../scenario/schema.ts';
import { FILE_BYTES } from './judge.ts';
import { bytesOf, drawOps, type Op } from './ops.ts';
import { Random } from './random.ts';
import type { StepDocument } from './types.ts';

/** Enough for what one leaves behind to meet another, few enough for many runs. */
export const OPS_PER_RUN = 250;
/** As many bytes of a pread as a run keeps (engine/run/io-limits.ts). */
const READ_BYTES = 65_536;

export interface Drawn {
  before: StepDocument[];
  ops: StepDocument[];
  after: StepDocument[];
}

/** The steps that a seed stands for, on the files of a scenario. */
export function drawSteps(seed: number, scenario: Scenario, count: number): Drawn {
  const random = new Random(seed);
  const names = Object.keys(scenario.inodes);
  const logicalBlockSize = Math.max(
    512,
    ...Object.values(scenario.devices).map((device) => device.logicalBlockSize),
  );
  const ops = Array.from({ length: count }, (): StepDocument => {
    const inode = random.pick(names);
    const blockSize = scenario.inodes[inode]!.blockSize;
    const [op] = drawOps(random, 1, { maxBytes: FILE_BYTES, blockSize, logicalBlockSize });
    return stepDocument(op!, inode);
  });
  const sizes = new Map(Object.entries(scenario.inodes).map(([name, { size }]) => [name, Number(size)]));
  return {
    before: names.flatMap((name) => readAll(name, sizes.get(name) ?? 0)),
    ops,
    after: [
      ...names.map((inode): StepDocument => ({ do: 'fsync', inode })),
      ...names.flatMap((name) => readAll(name, FILE_BYTES)),
    ],
  };
}

/** Direct reads of a file, in pieces. */
function readAll(inode: string, bytes: number): StepDocument[] {
  const pieces = Math.ceil(bytes / READ_BYTES);
  return Array.from({ length: pieces }, (_, i) => ({
    do: 'pread',
    inode,
    offset: BigInt(i * READ_BYTES),
    length: BigInt(READ_BYTES),
    direct: true,
  }));
}

function stepDocument(op: Op, inode: string): StepDocument {
  switch (op.do) {
    case 'pread': {
      const length = BigInt(Math.min(op.length, READ_BYTES));
      return { do: op.do, inode, offset: BigInt(op.pos), length, direct: op.direct };
    }
    case 'pwrite': {
      const data = Array.from(bytesOf(op), (byte) => byte.toString(16).padStart(2, '0')).join('');
      return { do: op.do, inode, offset: BigInt(op.pos), data, direct: op.direct };
    }
    case 'truncate':
      return { do: op.do, inode, length: BigInt(op.size) };
    case 'fzero':
      return {
        do: op.do,
        inode,
        offset: BigInt(op.pos),
        length: BigInt(op.length),
        keepSize: op.keepSize,
      };
    case 'funshare':
      return { do: op.do, inode, offset: BigInt(op.pos), length: BigInt(op.length) };
    case 'fsync':
      return { do: op.do, inode };
  }
}

/** Faults of the devices of a scenario, as a document has them. */
export function drawFaults(seed: number, devices: Scenario['devices']): { [name: string]: JsonValue[] } {
  const random = new Random(seed ^ 0x5bd1e995);
  return Object.fromEntries(
    Object.entries(devices).map(([name, { size }]) => [
      name,
      Array.from({ length: random.below(4) }, () => ({
        op: random.pick(['read', 'write', 'both']),
        sector: BigInt(random.below(Number(size / 512n))),
        sectors: BigInt(random.between(1, 16)),
        times: random.oneIn(3) ? 'always' : BigInt(random.between(1, 4)),
        error: random.pick(['-EIO', '-ENOSPC']),
      })),
    ]),
  );
}
