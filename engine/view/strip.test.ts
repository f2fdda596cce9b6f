// SPDX-License-Identifier: MIT
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NULL_ADDR } from '../kernel/names.ts';
import type { Iomap, WireMapping } from '../run/types.ts';
import {
  aMapping,
  aReply,
  aScenario,
  aState,
  anEntry,
  anExecution,
  pureOverwrite,
} from '../testing/parts.ts';
import { makeAxis } from './axis.ts';
import { sectors, stripView } from './placements.ts';
import { drawStrip } from './strip.ts';

const STEP = { do: 'iomap_begin', pos: 4096n, count: 4096n };
const state = aState([anEntry(1), anEntry(2, { type: 'PASSTHROUGH', device: null })]);

function view(over: Parameters<typeof anExecution>[0], devices: object = { vda: { size: '1M' } }) {
  return stripView(anExecution(over), aScenario(STEP, { devices, inodes: { a: { size: '16K' } } }), state);
}
const refused = (read: WireMapping, write = pureOverwrite(read), devices?: object) =>
  view({ outcome: 'refused', reply: aReply(read, write) }, devices)!;
const accepted = (map: Partial<Iomap>, devices?: object) =>
  view(
    {
      reply: aReply(),
      iomap: { addr: 0x1000n, offset: 4096n, length: 4096n, type: 2, flags: 0, bdev: 'vda', ...map },
    },
    devices,
  )!;
const texts = ({ devices }: ReturnType<typeof accepted>) =>
  devices[0]!.notes.map(({ text }) => text).join('\n');

describe('an axis', () => {
  const U65 = 1n << 65n;
  const range = fc
    .tuple(fc.bigInt({ min: 0n, max: U65 }), fc.bigInt({ min: 0n, max: U65 }))
    .map(([a, b]) => (a < b ? { start: a, end: b } : { start: b, end: a }));

  it('keeps order, stays inside and shows every stretch of interest', () => {
    fc.assert(
      fc.property(
        fc.array(range, { maxLength: 2 }),
        fc.array(fc.bigInt({ min: 0n, max: U65 })),
        (spans, stops) => {
          const seen = spans.filter(({ start, end }) => end > start);
          const axis = makeAxis({ start: 0n, end: U65 }, seen, stops, 1, 300);
          const values = [0n, U65, ...stops, ...seen.flatMap(({ start, end }) => [start, end])];
          values.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
          const xs = values.map(axis.at);
          for (const [at, x] of xs.entries()) {
            expect(x).toBeGreaterThanOrEqual((xs[at - 1] ?? 1) - 1e-6);
            expect(x).toBeLessThanOrEqual(301 + 1e-6);
          }
          for (const { start, end } of seen) {
            if (seen.length === 1 && stops.length === 0)
              expect(axis.at(end) - axis.at(start)).toBeGreaterThan(5);
          }
        },
      ),
    );
  });

  it('is true to scale when that is readable', () => {
    const axis = makeAxis({ start: 0n, end: 100n }, [{ start: 25n, end: 50n }], [], 0, 200);
    expect([axis.at(0n), axis.at(25n), axis.at(50n), axis.at(100n)]).toEqual([0, 50, 100, 200]);
    expect(axis.breaks).toEqual([]);
  });

  it('cuts the empty stretches around a tiny mapping on a huge device', () => {
    const start = 1n << 62n;
    const axis = makeAxis({ start: 0n, end: 1n << 63n }, [{ start, end: start + 4096n }], [], 0, 300);
    expect(axis.at(start + 4096n) - axis.at(start)).toBeGreaterThan(100);
    expect(axis.breaks).toHaveLength(2);
  });
});

describe('what is drawn', () => {
  it('is nothing for other steps', () => {
    expect(
      stripView(anExecution({ do: 'backing_open' }), aScenario({ do: 'backing_open' }), state),
    ).toBeNull();
    expect(view({ outcome: 'error', reply: null })).toBeNull();
  });

  it('is the iomap in the hue of the mapping it was made from', () => {
    expect(accepted({}).devices[0]?.placements.map(({ which }) => which)).toEqual(['read']);
    const both = view({
      reply: aReply(),
      iomap: { addr: 0n, offset: 0n, length: 4096n, type: 2, flags: 0, bdev: 'vda' },
      srcmap: { addr: 4096n, offset: 0n, length: 4096n, type: 2, flags: 0, bdev: 'vda' },
    })!;
    expect(both.devices[0]?.placements.map(({ which }) => which)).toEqual(['read', 'write']);
  });

  it('is the reply, marked as refused, where the kernel refused it', () => {
    const { devices, notes } = refused(aMapping({ addr: 0x1000n }));
    expect(devices[0]?.placements[0]?.refused).toBe(true);
    expect(notes).toEqual([
      { which: 'write', tone: 'plain', text: 'a pure overwrite: written where read lies.' },
    ]);
  });

  it('is only words for a mapping that lies nowhere', () => {
    const nowhere = (over: Partial<WireMapping>) => refused(aMapping(over)).notes[0]?.text;
    expect(nowhere({ dev: 2 })).toBe('dev 2 is not an iomap device.');
    expect(nowhere({ dev: 0 })).toBe('names no device.');
    expect(nowhere({ addr: NULL_ADDR })).toBe('has no address to draw.');
    expect(nowhere({ type: 0 })).toMatch(/^HOLE: /);
  });

  it('has one device for two mappings on it, and two for two', () => {
    const devices = { vda: { size: '1M' }, vdb: { size: '1M' } };
    const map = (bdev: string): Iomap => ({ addr: 0n, offset: 0n, length: 4096n, type: 2, flags: 0, bdev });
    const on = (a: string, b: string) =>
      view({ reply: aReply(), iomap: map(a), srcmap: map(b) }, devices)?.devices.map(({ name }) => name);
    expect(on('vda', 'vda')).toEqual(['vda']);
    expect(on('vdb', 'vda')).toEqual(['vda', 'vdb']);
  });
});

describe('what it should make one think about', () => {
  it('says where pos lies', () => {
    expect(texts(accepted({ addr: 0x100000n - 4096n }))).toContain(
      'pos 4096 is byte 1,044,480 of vda, in sector 2040.',
    );
  });
  it('says how far a mapping runs past the end', () => {
    expect(texts(accepted({ addr: 0x100000n, length: 8192n }))).toContain(
      'addr 0x100000 is the end of vda: it runs 8192 bytes past it. No check asks;',
    );
    expect(texts(accepted({ addr: 0x102000n }))).toContain(
      'addr 0x102000 lies 8192 bytes past the end of vda.',
    );
    expect(texts(accepted({ addr: 0xff000n, length: 8192n }))).toContain(
      'runs 4096 bytes past the end of vda.',
    );
    expect(texts(accepted({ addr: 0xff000n }))).not.toContain('past');
    expect(texts(refused(aMapping({ addr: 0x100000n })))).not.toContain('No check asks');
  });
  it('says when addr is not a sector and when it is not a block of the device', () => {
    expect(texts(accepted({ addr: 0x1100n }))).toContain('addr lies 256 bytes into a sector.');
    expect(texts(accepted({ addr: 0x1200n }, { vda: { logicalBlockSize: 4096n } }))).toContain(
      'addr is not on a 4096-byte block of the device.',
    );
  });
  it('says when a write would overwrite its source', () => {
    const map = (addr: bigint): Iomap => ({
      addr,
      offset: 0n,
      length: 8192n,
      type: 2,
      flags: 0,
      bdev: 'vda',
    });
    const on = (a: bigint, b: bigint) => texts(view({ reply: aReply(), iomap: map(a), srcmap: map(b) })!);
    expect(on(0n, 4096n)).toContain('read and write share bytes of vda');
    expect(on(0n, 8192n)).not.toContain('share');
  });
  it('says that ANON_WRITE has no sector', () => {
    expect(texts(accepted({ flags: 0x80 }))).toContain('ANON_WRITE');
  });
});

it('counts sectors by what they touch', () => {
  expect(sectors({ start: 0x100000n, end: 0x102000n })).toBe('2048..2063');
  expect(sectors({ start: 100n, end: 612n })).toBe('0..1');
  expect(sectors({ start: 512n, end: 1024n })).toBe('1');
});

describe('the drawing', () => {
  const draw = (width: number, over: Partial<Iomap> = {}, devices?: object) => {
    const strip = accepted(over, devices);
    return drawStrip(strip, strip.devices[0]!, width);
  };
  it('marks the part past the end, and the end', () => {
    const drawing = draw(300, { addr: 0xff000n, length: 8192n });
    expect(drawing.marks[0]?.past?.x).toBeCloseTo(drawing.device.end);
    expect(drawing.device.endLabel?.text).toBe('end of vda');
    expect(draw(300).device.endLabel).toBeNull();
    expect(draw(300).marks[0]?.past).toBeNull();
  });
  it('keeps everything inside at any width', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 160, max: 900 }),
        fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
        fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
        (width, addr, length) => {
          const drawing = draw(width, { addr, length });
          for (const { file, device } of drawing.marks) {
            for (const { x, width: wide } of [file, device]) {
              expect(x).toBeGreaterThanOrEqual(1);
              expect(x + wide).toBeLessThanOrEqual(width + 1);
            }
          }
        },
      ),
    );
  });
  it('never writes one label over another', () => {
    const map = (addr: bigint): Iomap => ({
      addr,
      offset: 4096n,
      length: 4096n,
      type: 2,
      flags: 0,
      bdev: 'vda',
    });
    const strip = view({ reply: aReply(), iomap: map(0n), srcmap: map(4096n) })!;
    const { marks } = drawStrip(strip, strip.devices[0]!, 200);
    expect(new Set(marks.map(({ deviceLabel }) => deviceLabel.line)).size).toBe(2);
  });
});
