// SPDX-License-Identifier: GPL-2.0-only
/**
 * The backing table against a model that is as simple as can be: a map of ids and the cursor of
 * idr_alloc_cyclic.
 */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Machine } from '#engine/core/machine.ts';
import { FD, close, newMachine, open } from '../core-machine.ts';
import { loadCore } from '../core-module.ts';

const INT_MAX = 0x7fff_ffff;

interface Entry {
  type: 'PASSTHROUGH' | 'IOMAP';
  refs: number;
  serial: number;
}

interface File {
  handle: number;
  entry: Entry;
}

class Model {
  readonly entries = new Map<number, Entry>();
  files: File[] = [];
  cursor = 0;
  serial = 0;
  admin = true;

  /** idr_alloc_cyclic: from the cursor to the end, then once more from the start. */
  allocate(end: number): number {
    const last = end > 0 ? end - 1 : INT_MAX;
    for (const from of [Math.max(this.cursor, 1), 1]) {
      for (let id = from; id <= last; id++) {
        if (this.entries.has(id)) continue;
        this.cursor = id + 1;
        return id;
      }
    }
    return -28;
  }

  open(fd: number, flags: number, padding: bigint): number {
    const type = flags & 0xff;
    if (type > 1) return -95;
    if (type === 0 && !this.admin) return -1;
    if (flags > 0xff || padding !== 0n) return -22;
    if (fd === FD.none || fd < 0) return -9;
    const block = fd === FD.vda || fd === FD.vdb || fd === FD.deepBlk;
    if (type === 1 && !block) return -19;
    if (type === 0 && fd === FD.dir) return -21;
    if (type === 0 && (block || fd === FD.chr)) return -22;
    if (type === 0 && fd === FD.deepStack) return -40;
    const id = this.allocate(type === 1 ? 1025 : 0);
    if (id > 0)
      this.entries.set(id, { type: type === 1 ? 'IOMAP' : 'PASSTHROUGH', refs: 1, serial: ++this.serial });
    return id;
  }

  close(id: number): number {
    if (id === 0 || id > INT_MAX) return -22;
    const entry = this.entries.get(id);
    if (entry === undefined) return -2;
    if (entry.type === 'PASSTHROUGH' && !this.admin) return -1;
    if (entry.type === 'IOMAP') return -16;
    entry.refs--;
    this.entries.delete(id);
    return 0;
  }
}

const FDS = Object.values(FD);
type Step = (machine: Machine, model: Model) => void;

const many = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 900, max: 1100 }));
const anyId = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 70 }) },
  fc.integer({ min: 1000, max: 1100 }),
  fc.constantFrom(4095, 4096, 262_144, INT_MAX, 0x8000_0000, 0xffff_ffff),
);

const step: fc.Arbitrary<[string, Step]> = fc.oneof(
  fc
    .record({
      fd: fc.oneof(fc.constantFrom(FD.reg, FD.vda), fc.constantFrom(...FDS, -1)),
      flags: fc.oneof(fc.nat(1), fc.constantFrom(2, 255, 0x100, 0x101, 0x8000_0001)),
      padding: fc.oneof({ weight: 9, arbitrary: fc.constant(0n) }, fc.constantFrom(1n, 1n << 63n)),
    })
    .map(({ fd, flags, padding }): [string, Step] => [
      `open ${fd} ${flags} ${padding}`,
      (machine, model) => expect(open(machine, fd, flags, padding).ret).toBe(model.open(fd, flags, padding)),
    ]),
  fc.tuple(many, fc.nat(1)).map(([times, type]): [string, Step] => [
    `open ${times} of type ${type}`,
    (machine, model) => {
      const fd = type === 1 ? FD.vda : FD.reg;
      for (let i = 0; i < times; i++) {
        const [ret, wanted] = [open(machine, fd, type).ret, model.open(fd, type, 0n)];
        if (ret !== wanted) expect(ret).toBe(wanted);
      }
    },
  ]),
  anyId.map((id): [string, Step] => [
    `close ${id}`,
    (machine, model) => expect(close(machine, id).ret).toBe(model.close(id)),
  ]),
  fc.tuple(anyId, many, fc.integer({ min: 1, max: 3 })).map(([first, count, by]): [string, Step] => [
    `close ${count} from ${first} by ${by}`,
    (machine, model) => {
      for (let id = first, i = 0; i < count && id <= INT_MAX; i++, id += by) {
        const [ret, wanted] = [close(machine, id).ret, model.close(id)];
        if (ret !== wanted) expect(ret).toBe(wanted);
      }
    },
  ]),
  fc.boolean().map((admin): [string, Step] => [
    `CAP_SYS_ADMIN ${admin}`,
    (machine, model) => {
      machine.setCapabilities(admin ? ['CAP_SYS_ADMIN'] : ['CAP_SYS_RAWIO']);
      model.admin = admin;
    },
  ]),
  anyId.map((id): [string, Step] => [
    `passthrough_open ${id}`,
    (machine, model) => {
      const { ret, handle, events } = machine.passthroughOpen(id | 0);
      const entry = model.entries.get(id);
      if (id === 0 || id > INT_MAX) expect(ret).toBe(-22);
      else if (entry?.type !== 'PASSTHROUGH') expect(ret).toBe(-2);
      else {
        entry.refs++;
        expect({ ret, events }).toEqual({
          ret: 0,
          events: [{ kind: 'get', after: 1, serial: entry.serial, refs: entry.refs }],
        });
        model.files.push({ handle: handle!, entry });
        return;
      }
      expect([handle, events]).toEqual([null, []]);
    },
  ]),
  fc.nat().map((pick): [string, Step] => [
    `release ${pick}`,
    (machine, model) => {
      if (model.files.length === 0) return;
      const [file] = model.files.splice(pick % model.files.length, 1);
      const { handle, entry } = file!;
      entry.refs--;
      expect(machine.passthroughRelease(handle).events).toEqual([
        { kind: 'put', after: 0, serial: entry.serial, refs: entry.refs },
      ]);
    },
  ]),
  fc
    .tuple(anyId, fc.constantFrom('IOMAP' as const, 'PASSTHROUGH' as const))
    .map(([id, type]): [string, Step] => [
      `lookup ${id} as ${type}`,
      (machine, model) => {
        const entry = model.entries.get(id);
        expect(machine.lookup(id | 0, type)).toBe(entry?.type === type ? entry.serial : 0);
      },
    ]),
);

/** A table that is nearly empty, or so full that the cursor must come round. */
const before: fc.Arbitrary<[string, Step]> = fc.constantFrom(0, 0, 1000, 1024, 1200).map((times) => [
  `at first ${times} passthrough files`,
  (machine, model) => {
    for (let i = 0; i < times; i++)
      if (open(machine, FD.reg, 0).ret !== model.open(FD.reg, 0, 0n)) expect.fail(`file ${i}`);
  },
]);

let module: WebAssembly.Module;
beforeAll(() => {
  module = loadCore('debug');
});

test('ids, errors, references, cursor: as the model has them', () => {
  let wrapped = 0;
  let full = 0;
  fc.assert(
    fc.property(before, fc.array(step, { minLength: 1, maxLength: 30 }), (first, steps) => {
      const machine = newMachine(module);
      const model = new Model();
      let cursor = 0;
      for (const [, perform] of [first, ...steps]) {
        perform(machine, model);
        if (model.cursor < cursor) wrapped++;
        cursor = model.cursor;
        expect([machine.cursor, machine.live]).toEqual([model.cursor, model.entries.size]);
      }
      if (model.entries.size > 1024) full++;
      for (const [id, entry] of model.entries) {
        const { type, refs, serial } = machine.entry(id)!;
        if (type !== entry.type || refs !== entry.refs || serial !== entry.serial)
          expect({ id, type, refs, serial }).toEqual({ id, ...entry });
      }
      for (const id of [1, 2, 63, 64, 65, 1024, 1025, 4096, model.cursor])
        expect(machine.entry(id) !== null).toBe(model.entries.has(id));
      const held = [...model.entries.values()].some(({ refs }) => refs !== 1);
      expect(machine.unmount().events.map(({ kind }) => kind)).toEqual(held ? ['warn'] : []);
      expect(machine.live).toBe(0);
    }),
    { numRuns: 250 },
  );
  expect(wrapped).toBeGreaterThan(5);
  expect(full).toBeGreaterThan(5);
});
