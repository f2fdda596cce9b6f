// SPDX-License-Identifier: MIT
import { IOMAP_F, IOMAP_TYPE } from '../../kernel/names.ts';
import type { BioEvent, Iomap, Run } from '../../run/types.ts';
import type { Scenario } from '../../scenario/schema.ts';
import type { Claim, Range, SharedWrite, XRay } from './types.ts';

/** At most so many different mappings of a run are kept; further ones are counted. */
const CLAIMS_KEPT = 4_096;
const SHARED_WRITES_KEPT = 64;

interface Shared {
  device: string;
  bytes: Range;
  step: number;
}

/** Every mapping that was accepted up to and with an execution, and the writes into extents said to be shared. */
export function collectXray(run: Run, scenario: Scenario, last: number): XRay {
  const known = new Map<string, Claim>();
  const shared: Shared[] = [];
  const sharedWrites: SharedWrite[] = [];
  let leftOut = 0;
  const firstInode = Object.keys(scenario.inodes)[0] ?? '';

  function took(map: Iomap, which: Claim['which'], inode: string, step: number): void {
    const onDevice = map.type === IOMAP_TYPE.MAPPED || map.type === IOMAP_TYPE.UNWRITTEN;
    if (!onDevice || map.bdev === null || map.flags & IOMAP_F.ANON_WRITE) return;
    const key = [map.bdev, inode, map.offset, map.length, map.addr, which, map.type, map.flags].join(' ');
    const before = known.get(key);
    if (before) {
      before.step = step;
      before.times++;
      // The newest comes last, so that it decides what the file's bytes are.
      known.delete(key);
      known.set(key, before);
    } else if (known.size >= CLAIMS_KEPT) leftOut++;
    else {
      const file = { start: map.offset, end: map.offset + map.length };
      const { bdev: device, addr, type, flags } = map;
      const claim: Claim = { device, inode, file, addr, which, type, flags, step, times: 1, current: true };
      known.set(key, claim);
    }
    // A write mapping with SHARED is where the copy goes: its own blocks are not shared.
    if (which === 'read' && map.flags & IOMAP_F.SHARED) {
      const bytes = { start: map.addr, end: map.addr + map.length };
      if (!shared.some((one) => one.device === map.bdev && sameRange(one.bytes, bytes)))
        shared.push({ device: map.bdev, bytes, step });
    }
  }

  function begun(iomap: Iomap | null, srcmap: Iomap | null, inode: string, step: number): void {
    if (srcmap !== null) took(srcmap, 'read', inode, step);
    if (iomap !== null) took(iomap, srcmap === null ? 'read' : 'write', inode, step);
  }

  function wrote({ device, sector, lengthBytes }: BioEvent, step: number): void {
    for (const one of shared) {
      if (one.device !== device || sharedWrites.length >= SHARED_WRITES_KEPT) continue;
      const start = max(one.bytes.start >> 9n, sector);
      const end = min((one.bytes.end + 511n) >> 9n, sector + (lengthBytes >> 9n));
      if (start < end)
        sharedWrites.push({ device, sector: start, sectors: end - start, sharedStep: one.step, step });
    }
  }

  for (const { do: kind, step: at, iomap, srcmap, outcome, io } of run.executions.slice(0, last + 1)) {
    const step = scenario.steps[at];
    const inode = (step && 'inode' in step ? step.inode : undefined) ?? firstInode;
    if (kind === 'iomap_begin' && outcome === 'ok') begun(iomap, srcmap, inode, at);
    if (io === null) continue;
    let event = 0;
    for (let call = 0; call <= io.calls.length; call++) {
      for (; event < io.events.length && io.events[event]!.after <= call; event++) {
        const done = io.events[event]!;
        if (done.kind === 'bio' && done.op === 'write' && done.error === 0) wrote(done, at);
      }
      const taken = io.calls[call];
      if (taken?.do === 'iomap_begin' && taken.outcome === 'ok') begun(taken.iomap, taken.srcmap, inode, at);
    }
  }
  const claims = [...known.values()];
  supersede(claims);
  return { claims, sharedWrites, leftOut };
}

/** The newest mapping of a file's bytes holds; one whose bytes all have newer mappings is outdated. */
function supersede(order: Claim[]): void {
  const covered = new Map<string, Range[]>();
  for (const claim of order.toReversed()) {
    const ranges = covered.get(claim.inode) ?? [];
    claim.current = !within(claim.file, ranges);
    covered.set(claim.inode, add(ranges, claim.file));
  }
}

/** Ranges ascending, none touching. */
function add(ranges: Range[], range: Range): Range[] {
  const apart = ranges.filter(({ start, end }) => end < range.start || start > range.end);
  const joined = ranges
    .filter(({ start, end }) => end >= range.start && start <= range.end)
    .reduce((a, b) => ({ start: min(a.start, b.start), end: max(a.end, b.end) }), range);
  return [...apart, joined];
}

const within = (range: Range, ranges: Range[]) =>
  ranges.some(({ start, end }) => start <= range.start && end >= range.end);
const sameRange = (a: Range, b: Range) => a.start === b.start && a.end === b.end;
const min = (a: bigint, b: bigint) => (a < b ? a : b);
const max = (a: bigint, b: bigint) => (a > b ? a : b);
