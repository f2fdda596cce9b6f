// SPDX-License-Identifier: MIT
import { IOMAP_F, IOMAP_TYPE, NULL_ADDR } from '../kernel/names.ts';
import type { Execution, Iomap, MachineState, WireMapping } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { grouped, hex, readable } from './numbers.ts';
import { wireTypeText } from './structs.ts';
import type { Range } from './axis.ts';

/** One mapping that lies on a device: the same bytes in the file and there. */
export interface Placement {
  which: 'read' | 'write';
  file: Range;
  device: Range;
  /** Whether the kernel refused the reply, so that nothing will be done here. */
  refused: boolean;
  /** How many of its bytes lie past the end of the device. */
  pastEndBytes: bigint;
}

export interface DeviceView {
  name: string;
  sizeBytes: bigint;
  blockBytes: number;
  placements: Placement[];
  /** What the drawing shows, in words, and what deserves attention. */
  notes: Note[];
}

export interface Note {
  which: 'read' | 'write' | null;
  tone: 'plain' | 'warn' | 'bad';
  text: string;
}

export interface StripView {
  pos: bigint;
  count: bigint;
  fileBytes: bigint;
  devices: DeviceView[];
  /** About mappings that lie nowhere. */
  notes: Note[];
}

/** A mapping as the kernel took it, or, if it was refused, as the server sent it. */
interface Candidate {
  which: 'read' | 'write';
  offset: bigint;
  length: bigint;
  addr: bigint;
  device: string | null;
  /** Why it lies on no device; null if it does. */
  nowhere: string | null;
  anonymous: boolean;
}

/** What an iomap_begin maps where; null for other steps and for a begin that got no mappings. */
export function stripView(execution: Execution, scenario: Scenario, state: MachineState): StripView | null {
  const step = scenario.steps[execution.step];
  if (execution.do !== 'iomap_begin' || step?.do !== 'iomap_begin') return null;
  const candidates = candidatesOf(execution, state);
  if (candidates.length === 0) return null;
  const inode = scenario.inodes[step.inode ?? Object.keys(scenario.inodes)[0] ?? ''];
  const view: StripView = {
    pos: step.pos,
    count: step.count,
    fileBytes: inode?.size ?? 0n,
    devices: [],
    notes: [],
  };
  for (const candidate of candidates) {
    const size = candidate.device === null ? undefined : scenario.devices[candidate.device];
    if (candidate.nowhere !== null || size === undefined || candidate.device === null) {
      view.notes.push({ which: candidate.which, tone: 'plain', text: candidate.nowhere ?? 'no such device' });
      continue;
    }
    let device = view.devices.find(({ name }) => name === candidate.device);
    if (device === undefined) {
      device = {
        name: candidate.device,
        sizeBytes: size.size,
        blockBytes: size.logicalBlockSize,
        placements: [],
        notes: [],
      };
      view.devices.push(device);
    }
    const placement = place(candidate, device.sizeBytes, execution.iomap === null);
    device.placements.push(placement);
    device.notes.push(...notesOn(candidate, placement, device, step.pos));
  }
  for (const device of view.devices) {
    device.notes.push(...overlapNote(device));
    if (execution.iomap === null) {
      device.notes.push({ which: null, tone: 'plain', text: 'Dashed: refused, so nothing is done here.' });
    }
  }
  return view;
}

function candidatesOf({ iomap, srcmap, reply }: Execution, state: MachineState): Candidate[] {
  if (iomap !== null) {
    if (srcmap === null) return [taken('read', iomap)];
    return [taken('read', srcmap), taken('write', iomap)];
  }
  return (['read', 'write'] as const).flatMap((which) => {
    const map = reply?.[which];
    return map ? [sent(which, map, state)] : [];
  });
}

function taken(which: 'read' | 'write', map: Iomap): Candidate {
  const type = Object.entries(IOMAP_TYPE).find(([, value]) => value === map.type)?.[0] ?? hex(map.type);
  const onDevice = map.type === IOMAP_TYPE.MAPPED || map.type === IOMAP_TYPE.UNWRITTEN;
  return {
    which,
    offset: map.offset,
    length: map.length,
    addr: map.addr,
    device: map.bdev,
    nowhere: onDevice ? null : `${type}: these bytes lie on no device.`,
    anonymous: (map.flags & IOMAP_F.ANON_WRITE) !== 0,
  };
}

function sent(which: 'read' | 'write', map: WireMapping, state: MachineState): Candidate {
  const entry = state.entries.find(({ id, type }) => id === map.dev && type === 'IOMAP');
  const onDevice = map.type === IOMAP_TYPE.MAPPED || map.type === IOMAP_TYPE.UNWRITTEN;
  let nowhere: string | null = null;
  if (!onDevice) {
    nowhere =
      wireTypeText(map.type) === 'PURE_OVERWRITE'
        ? 'a pure overwrite: written where read lies.'
        : `${wireTypeText(map.type)}: these bytes lie on no device.`;
  } else if (map.addr === NULL_ADDR) nowhere = 'has no address to draw.';
  else if (entry === undefined) {
    nowhere = map.dev === 0 ? 'names no device.' : `dev ${grouped(map.dev)} is not an iomap device.`;
  }
  return { which, ...map, device: entry?.device ?? null, nowhere, anonymous: false };
}

function place({ which, offset, length, addr }: Candidate, sizeBytes: bigint, refused: boolean): Placement {
  const end = addr + length;
  return {
    which,
    file: { start: offset, end: offset + length },
    device: { start: addr, end },
    refused,
    pastEndBytes: end <= sizeBytes ? 0n : addr >= sizeBytes ? length : end - sizeBytes,
  };
}

const bytes = (count: bigint) => `${readable(count)} byte${count === 1n ? '' : 's'}`;

/** First and last byte of a range, both inside. */
export const span = ({ start, end }: Range, text: (value: bigint) => string) =>
  end - start <= 1n ? text(start) : `${text(start)}..${text(end - 1n)}`;

/** First and last 512-byte sector that a range touches. */
export const sectors = ({ start, end }: Range) =>
  span({ start: start >> 9n, end: end > start ? ((end - 1n) >> 9n) + 1n : start >> 9n }, readable);

/** `sector 2048`, `sectors 2048..2055`. */
function sectorsText(range: Range): string {
  const text = sectors(range);
  return `sector${text.includes('..') ? 's' : ''} ${text}`;
}

function notesOn(from: Candidate, placed: Placement, device: DeviceView, pos: bigint): Note[] {
  const { which, file } = placed;
  const note = (text: string, tone: Note['tone'] = 'plain'): Note => ({ which, tone, text });
  const notes = [
    note(
      placed.file.start === placed.file.end
        ? `covers no byte; its addr is ${hex(from.addr)}.`
        : `file bytes ${span(file, readable)} lie in ${sectorsText(placed.device)}.`,
    ),
  ];
  if (from.anonymous) {
    notes.push(note('ANON_WRITE: the iomap layer uses no sector of it.'));
  } else if (pos >= file.start && pos < file.end) {
    const byte = from.addr + pos - from.offset;
    notes.push(
      note(
        `pos ${readable(pos)} is byte ${readable(byte)} of ${device.name}, in sector ${readable(byte >> 9n)}.`,
      ),
    );
  }
  if (placed.pastEndBytes > 0n) notes.push(note(pastEndText(from, placed, device), 'bad'));
  const lost = from.addr % 512n;
  if (lost !== 0n) {
    notes.push(
      note(`addr lies ${bytes(lost)} into a sector. Its low 9 bits are lost, without an error.`, 'warn'),
    );
  } else if (from.addr % BigInt(device.blockBytes) !== 0n) {
    notes.push(note(`addr is not on a ${device.blockBytes}-byte block of the device.`, 'warn'));
  }
  return notes;
}

function pastEndText({ addr, length }: Candidate, placed: Placement, device: DeviceView): string {
  const later = placed.refused ? '' : ' No check asks; the block layer fails the I/O with -EIO.';
  if (addr === device.sizeBytes) {
    return `addr ${hex(addr)} is the end of ${device.name}: it runs ${bytes(length)} past it.${later}`;
  }
  if (addr > device.sizeBytes) {
    return `addr ${hex(addr)} lies ${bytes(addr - device.sizeBytes)} past the end of ${device.name}.${later}`;
  }
  return `runs ${bytes(placed.pastEndBytes)} past the end of ${device.name}.${later}`;
}

function overlapNote({ placements, name }: DeviceView): Note[] {
  const [a, b] = placements;
  if (a === undefined || b === undefined) return [];
  const meet = a.device.start < b.device.end && b.device.start < a.device.end;
  return meet
    ? [
        {
          which: null,
          tone: 'warn',
          text: `read and write share bytes of ${name}: the source is overwritten.`,
        },
      ]
    : [];
}
