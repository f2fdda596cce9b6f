// SPDX-License-Identifier: GPL-2.0-only
import { errnoText } from '../kernel/errno.ts';
import { IOMAP_F, IOMAP_OP, IOMAP_TYPE } from '../kernel/names.ts';
import type { Execution, Iomap, IoCall } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { count, num } from './format.ts';

/**
 * What I/O will make of an accepted mapping, though no check could know. The rules are the core's, told ahead of the
 * I/O; tests/property/consequences.test.ts compares them with what the core does.
 */
export interface Consequence {
  /** `bad`: the I/O fails. `warn`: it goes well, with bytes that may not be the ones that were meant. */
  tone: 'bad' | 'warn';
  /** One sentence. */
  text: string;
  /** The errno that the I/O at `pos` fails with; null if it does not. */
  error: number | null;
  /** The kernel would crash. */
  oops: boolean;
}

/** What an iomap_begin left behind; an execution of a step, or a call of one. */
type Begun = Pick<Execution | IoCall, 'do' | 'outcome' | 'request' | 'iomap' | 'srcmap'>;

const EIO = -5;
const EINVAL = -22;
const SECTOR_BYTES = 512n;
const PAGE_BYTES = 4096n;

/** In the order of their weight; empty for a mapping that I/O will go well with, or that was not accepted. */
export function consequences(begun: Begun, scenario: Scenario): Consequence[] {
  const { iomap, request } = begun;
  if (begun.do !== 'iomap_begin' || begun.outcome !== 'ok' || iomap === null || request === null) return [];
  const op = request.opflags;
  if ((op & IOMAP_OP.REPORT) !== 0) return [];
  const writes = (op & (IOMAP_OP.WRITE | IOMAP_OP.ZERO | IOMAP_OP.UNSHARE | IOMAP_OP.WRITEBACK)) !== 0;
  const plan: Plan = {
    map: iomap,
    source: begun.srcmap !== null && begun.srcmap.type !== IOMAP_TYPE.HOLE ? begun.srcmap : iomap,
    pos: request.pos,
    length: covered(iomap, begun.srcmap, request.pos, request.count),
    count: request.count,
    writes,
    zeroes: (op & (IOMAP_OP.ZERO | IOMAP_OP.WRITE)) === IOMAP_OP.ZERO,
    scenario,
  };
  return (op & IOMAP_OP.DIRECT) !== 0 ? direct(plan) : buffered(plan);
}

interface Plan {
  map: Iomap;
  /** What partial blocks are read from. */
  source: Iomap;
  pos: bigint;
  /** Bytes from `pos` on that the mapping answers for. */
  length: bigint;
  count: bigint;
  writes: boolean;
  zeroes: boolean;
  scenario: Scenario;
}

function covered(map: Iomap, from: Iomap | null, pos: bigint, asked: bigint): bigint {
  let end = map.offset + map.length;
  if (from !== null && from.type !== IOMAP_TYPE.HOLE && from.offset + from.length < end) {
    end = from.offset + from.length;
  }
  return end - pos < asked ? end - pos : asked;
}

const fails = (error: number, text: string): Consequence => ({ tone: 'bad', text, error, oops: false });
const warns = (text: string): Consequence => ({ tone: 'warn', text, error: null, oops: false });
const crash = (text: string): Consequence => ({ tone: 'bad', text, error: null, oops: true });

function direct(plan: Plan): Consequence[] {
  const { map, pos, length, count: asked, writes } = plan;
  const what = writes ? 'write' : 'read';
  switch (map.type) {
    case IOMAP_TYPE.HOLE:
      return writes
        ? [fails(EIO, 'The direct write will fail with -EIO and a WARN: a HOLE has no blocks to write to.')]
        : [];
    case IOMAP_TYPE.DELALLOC:
      return [fails(EIO, `The direct ${what} will fail with -EIO: DELALLOC has no blocks yet.`)];
    case IOMAP_TYPE.INLINE:
      return pos === map.offset
        ? [fails(EIO, `The direct ${what} will fail with -EIO and a WARN: no inline data is set up.`)]
        : [crash('The kernel would oops: inline data is reached by a pointer that is NULL plus a distance.')];
    case IOMAP_TYPE.UNWRITTEN:
      if (!writes) return [];
  }
  const block = BigInt(deviceOf(map, plan.scenario)?.logicalBlockSize ?? 512);
  if (((pos | length) & (block - 1n)) !== 0n) {
    const odd =
      (pos & (block - 1n)) !== 0n ? `position ${num(pos)}` : `the length of ${count(length, 'byte')}`;
    return [
      fails(EINVAL, `The direct ${what} will fail with -EINVAL: ${odd} is no multiple of ${num(block)}.`),
    ];
  }
  if (writes && (map.flags & IOMAP_F.ATOMIC_BIO) !== 0 && length !== asked) {
    return [
      fails(EINVAL, 'The direct write will fail with -EINVAL: ATOMIC_BIO, and the mapping is too short.'),
    ];
  }
  return onDevice(map, pos, length, what, plan.scenario);
}

function buffered(plan: Plan): Consequence[] {
  const { map, source, pos, length, writes, zeroes, scenario } = plan;
  if (zeroes && (source.type === IOMAP_TYPE.HOLE || source.type === IOMAP_TYPE.UNWRITTEN)) return [];
  if (source.type === IOMAP_TYPE.INLINE) {
    return [crash('The kernel would oops: inline data is read through a NULL pointer.')];
  }
  if (!writes) {
    // NEW blocks are zeros to a buffered read. Others are read by the page.
    if (source.type !== IOMAP_TYPE.MAPPED || (source.flags & IOMAP_F.NEW) !== 0) return [];
    const from = pos & ~(PAGE_BYTES - 1n);
    const start = from < map.offset ? map.offset : from;
    const end = (pos + length + PAGE_BYTES - 1n) & ~(PAGE_BYTES - 1n);
    const stop = end < map.offset + map.length ? end : map.offset + map.length;
    return onDevice(map, start, stop - start, 'read', scenario);
  }
  if (map.type === IOMAP_TYPE.HOLE || map.type === IOMAP_TYPE.DELALLOC || map.type === IOMAP_TYPE.INLINE) {
    return map.type === IOMAP_TYPE.HOLE
      ? [
          warns(
            'The bytes go to the page cache. If writing them back is answered with a HOLE too, they are lost without an error.',
          ),
        ]
      : [];
  }
  return onDevice(map, pos, length, 'writing back', scenario).map((one) => ({ ...one, error: null }));
}

function deviceOf(map: Iomap, { devices }: Scenario): Scenario['devices'][string] | undefined {
  return map.bdev === null ? undefined : devices[map.bdev];
}

/** What the block layer will say of [pos, pos + length). */
function onDevice(map: Iomap, pos: bigint, length: bigint, what: string, scenario: Scenario): Consequence[] {
  const device = deviceOf(map, scenario);
  if (device === undefined) return [];
  if ((map.flags & IOMAP_F.ANON_WRITE) !== 0) {
    return [
      fails(
        EIO,
        `The ${what} will fail with ${errnoText(EIO)}: ANON_WRITE has no sector, so it is past any end.`,
      ),
    ];
  }
  const start = BigInt.asUintN(64, map.addr + pos - map.offset) & ~(SECTOR_BYTES - 1n);
  // The mapping as a whole may run past the end though this request stays on the device.
  const over = map.addr + map.length - device.size;
  if (start + length > device.size) {
    return [
      fails(
        EIO,
        `The ${what} will fail with -EIO: the mapping runs ${count(over, 'byte')} past the end of ${map.bdev}.`,
      ),
    ];
  }
  const past =
    over > 0n
      ? [
          warns(
            `The mapping runs ${count(over, 'byte')} past the end of ${map.bdev}: I/O there fails with -EIO.`,
          ),
        ]
      : [];
  const block = BigInt(device.logicalBlockSize);
  if ((start & (block - 1n)) !== 0n) {
    return [
      fails(
        EIO,
        `The ${what} will fail with -EIO: it begins within a ${num(block)}-byte block of ${map.bdev}.`,
      ),
      ...past,
    ];
  }
  const rest = map.addr % SECTOR_BYTES;
  return rest === 0n
    ? past
    : [
        ...past,
        warns(
          `addr lies ${count(rest, 'byte')} into a sector: the kernel drops the remainder, so the bytes are not the ones that were meant.`,
        ),
      ];
}
