// SPDX-License-Identifier: GPL-2.0-only
/** The iomap layer request by request: worked examples that were computed by hand from the rules. */
import { expect, test } from 'vitest';
import { loadCore } from '../core-module.ts';
import { BUFFERED, DIRECT, Scripted, TYPE, bios, filled, from, ioMachine, map } from '../io-machine.ts';

const core = loadCore();
const { MAPPED, UNWRITTEN } = TYPE;

test('buffered write of 10000 at 0 of an empty file, over two mappings; then fsync', () => {
  const machine = ioMachine(core);
  const server = new Scripted(from(map(MAPPED, 0, 8192, 0x100000), map(MAPPED, 8192, 4096, 0x200000)));
  expect(machine.write('a', 0n, filled(10000, 0x61), BUFFERED, server).ret).toBe(10000n);
  expect(server.take()).toEqual([
    'begin(0,10000) 1',
    'end(0,8192) 1 8192 100',
    'begin(8192,1808) 1',
    'end(8192,1808) 1 1808 100',
  ]);
  expect(machine.sizes('a')).toEqual({ sizeBytes: 10000n, diskSizeBytes: 0n });

  const synced = machine.fsync('a', server);
  expect(synced.ret).toBe(0n);
  // Both in one pass: APPEND and WRITEBACK; the second tells the file's bytes, not the block's.
  expect(server.take()).toEqual([
    'begin(0,4096) 1',
    'begin(8192,4096) 1',
    'ioend(0,8192) 30 0',
    'ioend(8192,1808) 30 0',
  ]);
  expect(bios(synced)).toEqual(['write vda 2048+8192', 'write vda 4096+4096']);
  expect(machine.sizes('a').diskSizeBytes).toBe(10000n);
  expect(machine.peek('vda', 0x200000n, 4096)).toEqual(
    Uint8Array.from([...filled(1808, 0x61), ...filled(2288, 0)]),
  );
});

test('direct write of 4096 at 100, logical blocks of 512', () => {
  const machine = ioMachine(core, { size: 65536 });
  const server = new Scripted(from(map(MAPPED, 0, 4096, 0x100000)));
  const before = machine.peek('vda', 0x100000n, 8192);
  const result = machine.write('a', 100n, filled(4096, 1), DIRECT, server);
  expect(result.ret).toBe(-22n);
  expect(server.take()).toEqual(['begin(100,4096) 11', 'end(100,3996) 11 0 0', 'ioend(100,0) 8 -22']);
  expect(bios(result)).toEqual([]);
  expect(machine.peek('vda', 0x100000n, 8192)).toEqual(before);
});

test('direct read of 8192 at 0 of a file of 5000: past its end too', () => {
  const machine = ioMachine(core, { size: 5000 });
  const server = new Scripted(from(map(MAPPED, 0, 4096, 0x100000), map(MAPPED, 4096, 4096, 0x300000)));
  const result = machine.read('a', 0n, 8192, DIRECT, server);
  expect(result.ret).toBe(5000n);
  expect(server.take()).toEqual(['begin(0,8192) 10', 'begin(4096,4096) 10']);
  expect(bios(result)).toEqual(['read vda 2048+4096', 'read vda 6144+4096']);
  expect(result.data).toEqual(
    Uint8Array.from([...machine.peek('vda', 0x100000n, 4096), ...machine.peek('vda', 0x300000n, 904)]),
  );
});

test('direct write of 512 at 4096 of an unwritten extent: the rest of the block is zeroed', () => {
  const machine = ioMachine(core, { size: 65536 });
  const server = new Scripted(from(map(UNWRITTEN, 0, 65536, 0x100000)));
  const result = machine.write('a', 4096n, filled(512, 7), DIRECT, server);
  expect(result.ret).toBe(512n);
  expect(bios(result)).toEqual(['write vda 2056+512', 'write vda 2057+3584']);
  expect(server.take()).toEqual(['begin(4096,512) 11', 'ioend(4096,512) a 0']);
  expect(machine.peek('vda', 0x101000n, 4096)).toEqual(
    Uint8Array.from([...filled(512, 7), ...filled(3584, 0)]),
  );
});

test('direct write of 512 in the middle of an unwritten block: zeros before it and after', () => {
  const machine = ioMachine(core, { size: 65536 });
  const server = new Scripted(from(map(UNWRITTEN, 0, 65536, 0x100000)));
  const result = machine.write('a', 5120n, filled(512, 7), DIRECT, server);
  expect(bios(result)).toEqual(['write vda 2056+1024', 'write vda 2058+512', 'write vda 2059+2560']);
});

test('direct write of 512 at 4096 of a mapped extent that ends the file: the tail is zeroed, without a message', () => {
  const machine = ioMachine(core, { size: 4608 });
  const server = new Scripted(from(map(MAPPED, 0, 65536, 0x100000)));
  const result = machine.write('a', 4096n, filled(512, 7), DIRECT, server);
  expect(result.ret).toBe(512n);
  expect(bios(result)).toEqual(['write vda 2056+512', 'write vda 2057+3584']);
  expect(server.take()).toEqual(['begin(4096,512) 11']);
});

test('the same inside the file leaves the rest of the block as it is', () => {
  const machine = ioMachine(core, { size: 4609 });
  const server = new Scripted(from(map(MAPPED, 0, 65536, 0x100000)));
  expect(bios(machine.write('a', 4096n, filled(512, 7), DIRECT, server))).toEqual(['write vda 2056+512']);
});

test('buffered write of 10 at 20000 of a file of 5000: the gap is zeroed first', () => {
  const machine = ioMachine(core, { size: 5000 });
  const server = new Scripted(from(map(TYPE.HOLE, 0, 1 << 20)));
  expect(machine.write('a', 20000n, filled(10, 1), BUFFERED, server).ret).toBe(10n);
  expect(server.take()).toEqual(['begin(5000,15000) 2', 'begin(20000,10) 1', 'end(20000,10) 1 10 100']);
});

test('buffered read of 5000 at 0 of a file of 5000, refused: asked twice, and -EIO whatever the answer was', () => {
  const machine = ioMachine(core, { size: 5000 });
  const server = new Scripted(() => -28);
  expect(machine.read('a', 0n, 5000, BUFFERED, server).ret).toBe(-5n);
  expect(server.take()).toEqual(['begin(0,8192) 0', 'begin(0,4096) 0']);
});

test('buffered read refused at its second folio: asked three times there, and short', () => {
  const machine = ioMachine(core, { size: 8192 });
  const server = new Scripted(({ pos }) => (pos < 4096n ? map(MAPPED, 0, 4096, 0x100000) : -28));
  expect(machine.read('a', 0n, 8192, BUFFERED, server).ret).toBe(4096n);
  expect(server.take()).toEqual([
    'begin(0,8192) 0',
    'begin(4096,4096) 0',
    'begin(4096,4096) 0',
    'begin(4096,4096) 0',
  ]);
});

test('blocks of 1024: a write of [1100, 3000) reads [1024, 3072) at once', () => {
  const machine = ioMachine(core, { size: 65536, blockSizeBits: 10 });
  const server = new Scripted(from(map(MAPPED, 0, 65536, 0x100000)));
  const result = machine.write('a', 1100n, filled(1900, 1), BUFFERED, server);
  expect(result.ret).toBe(1900n);
  expect(bios(result)).toEqual(['read vda 2050+2048']);
});
