// SPDX-License-Identifier: MIT
// Executions written by hand, for the tests of this folder.
import { parseDocument } from '../scenario/parse.ts';
import type { CheckRecord, Execution, Run } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { anExecution } from './parts.ts';

export function scenarioOf(value: object): Scenario {
  const { scenario, problems } = parseDocument(JSON.stringify({ format: 1, ...value }));
  if (scenario === null) throw new Error(problems.map(({ message }) => message).join('; '));
  return scenario;
}

/** An execution of a backing_open, if not of another step. */
export const execution = (given: Partial<Execution> = {}): Execution =>
  anExecution({ do: 'backing_open', ret: 1n, ...given });

export function runOf(executions: Execution[], given: Partial<Run> = {}): Run {
  return {
    revision: 'v6-04',
    executions,
    checkpoints: [],
    expectations: { met: 0, unmet: executions.flatMap(({ unmet }) => unmet) },
    stopped: null,
    reused: 0,
    ...given,
  };
}

const passed = (
  check: CheckRecord['check'],
  which: 'read' | 'write',
  ...operands: bigint[]
): CheckRecord => ({
  check,
  which,
  result: 'pass',
  operands,
});

const DECIDED: CheckRecord = {
  check: 'dev-not-found',
  which: 'read',
  result: 'fail',
  operands: [2n, 2n, 2n],
};

/** A begin whose read mapping names a passthrough id; the audit found one more fault in the write mapping. */
export const REFUSED = execution({
  do: 'iomap_begin',
  outcome: 'refused',
  ret: -117n,
  decided: DECIDED,
  path: [
    passed('type-unknown', 'read', 2n),
    passed('offset-past-maxbytes', 'read', 0n, 0x7fff_ffff_ffff_ffffn),
    passed('type-unknown', 'write', 2n),
    DECIDED,
    { check: 'dev-not-found', which: 'write', result: 'would-fail', operands: [99n, 2n, 0n] },
  ],
  request: {
    opcode: 4094,
    name: 'FUSE_IOMAP_BEGIN',
    unique: 2n,
    nodeid: 12n,
    bytes: new Uint8Array(32),
    opflags: 1,
    attr_ino: 12n,
    pos: 4096n,
    count: 4096n,
    written: null,
    map: null,
    ioend: null,
  },
  reply: {
    bytes: new Uint8Array(80),
    header: { len: 80, error: 0, unique: 2n },
    read: { offset: 4096n, length: 4096n, addr: 0x10_0000n, type: 2, flags: 0, dev: 2 },
    write: { offset: 4096n, length: 4096n, addr: 0xffff_ffff_ffff_ffffn, type: 255, flags: 0x81, dev: 0 },
    writeFilledIn: true,
    writeRet: 80,
    consumed: true,
  },
  unmet: [{ execution: 0, step: 0, path: ['iomap', 'addr'], expected: '0x1000', actual: '0x2000' }],
});

export const BEGIN_SCENARIO = {
  steps: [{ do: 'iomap_begin', op: ['WRITE'], pos: 4096, expect: { ret: 0 } }],
};
