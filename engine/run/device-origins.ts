// SPDX-License-Identifier: MIT
import { isUnknown, type Unknown } from '../kernel/unknown.ts';
import type { Scenario } from '../scenario/schema.ts';
import { CacheMap, isDirect } from './origins.ts';
import { SpanMap, type Source, type Span } from './span-map.ts';
import type { BioEvent, Execution, Run } from './types.ts';

/** How bytes of a device came to be what they are. */
interface DeviceSource {
  /**
   * zeros, pattern, given: from the start, as the scenario has it. direct: the caller's bytes. writeback: out of the
   * page cache. zeroed: zeros that the kernel put around a direct write. written: by a step that did more than is
   * kept.
   */
  how: 'zeros' | 'pattern' | 'given' | 'direct' | 'writeback' | 'zeroed' | 'written' | Unknown;
  /** The execution that wrote them; null for those from the start. */
  execution: number | null;
  /** The file that they belong to, and the position in it of the first of them. */
  file: string | null;
  addr: bigint | null;
  /** writeback: where the bytes in the page cache came from; null if that is not known. */
  origin: Source['origin'] | null;
  /** That is a device: its name, and how far its addresses lie from positions in the file. */
  originDevice: string | null;
  originShift: bigint | null;
  /** The bytes were written to the page cache: by this execution. */
  originExecution: number | null;
}

/** [pos, end) of a device, in bytes. */
export type DeviceSpan = Span<DeviceSource>;

const HOW = { caller: 'direct', cache: 'writeback', zeros: 'zeroed' } as const;
const START = {
  execution: null,
  file: null,
  addr: null,
  origin: null,
  originDevice: null,
  originShift: null,
  originExecution: null,
};

/**
 * Where each of the bytes [at, at + lengthBytes) of a device comes from after an execution: ascending, without gaps.
 * Computed on demand by replaying the run's events from the first on.
 */
export function deviceOrigins(
  run: Run,
  scenario: Scenario,
  last: number,
  device: string,
  at: bigint,
  lengthBytes: number,
): DeviceSpan[] {
  const map = new SpanMap<DeviceSource>();
  const end = at + BigInt(lengthBytes);
  const set = (from: bigint, to: bigint, source: DeviceSource) => {
    const cut = from > at ? 0n : at - from;
    const addr = source.addr === null ? null : source.addr + cut;
    map.set(from + cut, to < end ? to : end, { ...source, addr });
  };
  const setup = scenario.devices[device];
  set(at, end, { ...START, how: setup?.contents ?? 'zeros' });
  for (const part of setup?.bytes ?? []) {
    set(part.at, part.at + BigInt(part.hex.length), { ...START, how: 'given' });
  }
  const caches = new CacheMap();
  for (const execution of run.executions.slice(0, last + 1)) {
    const { io, index } = execution;
    if (io === null) continue;
    const file = fileOf(execution, scenario);
    if (io.eventsLeftOut > 0) {
      caches.forget(file);
      for (const { sector, sectors } of writtenRuns(execution, device)) {
        set(sector << 9n, (sector + sectors) << 9n, { ...START, how: 'written', execution: index, file });
      }
      continue;
    }
    caches.follow(
      file,
      io.calls,
      io.events,
      index,
      null,
      isDirect(scenario.steps[execution.step]),
      (bio, cached) => {
        if (bio.device === device) writtenBy(bio, cached, index, file, set);
      },
    );
  }
  return map.within(at, end);
}

function writtenBy(
  bio: BioEvent,
  cached: readonly Span[],
  execution: number,
  file: string,
  set: (from: bigint, to: bigint, source: DeviceSource) => void,
): void {
  const start = bio.sector << 9n;
  const carried = bio.payload ?? 'caller';
  const how = isUnknown(carried) ? carried : HOW[carried];
  const whole = { ...START, how, execution, file, addr: bio.pos };
  set(start, start + bio.lengthBytes, whole);
  for (const { pos, end, origin, device, addr, execution: by } of cached) {
    set(start + pos - bio.pos, start + end - bio.pos, {
      ...whole,
      addr: pos,
      origin,
      originDevice: device,
      originShift: addr === null ? null : addr - pos,
      originExecution: by,
    });
  }
}

function fileOf({ step }: Execution, { steps, inodes }: Scenario): string {
  const of = steps[step];
  return (of !== undefined && 'inode' in of ? of.inode : undefined) ?? Object.keys(inodes)[0] ?? '';
}

function writtenRuns({ changes }: Execution, device: string) {
  return changes.flatMap((change) =>
    change.kind === 'device' && change.device === device ? change.written : [],
  );
}
