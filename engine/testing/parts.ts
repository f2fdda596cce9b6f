// SPDX-License-Identifier: MIT
/** Parts of a run, made by hand, for the tests of what reads them. */

import * as v from 'valibot';
import { NULL_ADDR } from '../kernel/names.ts';
import type { Execution, IoCall, MachineState, Reply, TableEntry, WireMapping } from '../run/types.ts';
import { scenarioSchema } from '../scenario/schema.ts';
import type { Scenario } from '../scenario/schema.ts';

/** What there is to see of a call that succeeded and of which nothing is told. */
const uneventful = () => ({
  ret: 0n,
  decided: null,
  path: [],
  events: [],
  request: null,
  reply: null,
  iomap: null,
  srcmap: null,
});

export function anExecution(over: Partial<Execution>): Execution {
  return {
    index: 0,
    step: 0,
    repeat: 0,
    do: 'iomap_begin',
    outcome: 'ok',
    trust: 'golden',
    ...uneventful(),
    remark: null,
    io: null,
    changes: [],
    unmet: [],
    log: [],
    ...over,
  };
}

/** A call inside an I/O step. */
export function aCall(over: Partial<IoCall> = {}): IoCall {
  return { do: 'iomap_begin', outcome: 'ok', trust: 'reading', ...uneventful(), ...over };
}

/** A mapping of file bytes 4096..8191 to 1 MiB on dev 1. */
export function aMapping(over: Partial<WireMapping> = {}): WireMapping {
  return { offset: 4096n, length: 4096n, addr: 0x100000n, type: 2, flags: 0, dev: 1, ...over };
}

export const pureOverwrite = ({ offset, length }: WireMapping): WireMapping => ({
  offset,
  length,
  addr: NULL_ADDR,
  type: 255,
  flags: 0,
  dev: 0,
});

export function aReply(read = aMapping(), write = pureOverwrite(read)): Reply {
  return {
    bytes: new Uint8Array(80),
    header: { len: 80, error: 0, unique: 2n },
    read,
    write,
    writeFilledIn: false,
    writeRet: 80,
    consumed: true,
  };
}

export function anEntry(id: number, over: Partial<TableEntry> = {}): TableEntry {
  return { id, serial: id, type: 'IOMAP', refs: 1, device: 'vda', fd: 3, ...over };
}

/** No I/O has reached anything. */
const IDLE = { devices: [], files: [] };

export function aState(entries: TableEntry[], over: Partial<MachineState> = {}): MachineState {
  return {
    ...IDLE,
    mounted: true,
    mount: 'there',
    devOpen: true,
    cursor: entries.length + 1,
    entries,
    detached: [],
    passthroughFiles: [],
    ...over,
  };
}

/** A scenario of one step; `devices` and the rest as a document would have them. */
export function aScenario(step: object, rest: object = {}): Scenario {
  return v.parse(scenarioSchema, { format: 1n, ...rest, steps: [step] });
}
