// SPDX-License-Identifier: MIT
import { isUnknown, unknownWords } from '../../kernel/unknown.ts';
import { bytesText, originWords } from '../../checks/io-words.ts';
import type { DeviceSpan } from '../../run/device-origins.ts';
import type { OriginSpan, SectorRun } from '../../run/types.ts';
import { readable } from '../numbers.ts';
import { sectorsText } from './findings.ts';

/** A run of shown bytes that came from one place. */
export interface Part {
  /** From the first shown byte. */
  start: number;
  /** Exclusive. */
  end: number;
  /** Which entry of the legend it belongs to. */
  source: number;
  /** Sector of its first byte, if it lies on a device. */
  sector: bigint | null;
  /** Where in that sector the first byte lies; left out for the beginning. */
  sectorOffset?: bigint;
  /** Words for each of its bytes. */
  words: string;
  /** Words for the byte at this offset in the part. */
  more?: (inside: bigint) => string;
}

interface Source {
  /** What it is called: `vda`, `zeros of a hole`. */
  label: string;
  /** How much of it there is, and where. */
  detail: string;
  /** Which tint it has; zeros have none. */
  tint: number | 'zeros' | 'hatched' | 'plain' | 'given';
  cached: boolean;
}

export interface Sources {
  parts: Part[];
  legend: Source[];
}

/** How many runs of sectors a line of the legend lists. */
const RUNS_TOLD = 3;

/** Where the bytes of a read came from. `pos` is the file position of the first, `shown` how many there are. */
export function readSources(
  origins: readonly OriginSpan[],
  pos: bigint,
  shown: number,
  devices: string[],
): Sources {
  const keys = new Map<string, { source: Source; bytes: bigint; runs: SectorRun[] }>();
  const parts: Part[] = [];
  for (const span of origins) {
    const start = Number(span.pos - pos);
    if (start >= shown) break;
    const end = Math.min(shown, start + Number(span.lengthBytes));
    const words = spanWords(span);
    const key = `${span.origin === 'device' ? span.device : span.origin} ${span.cached} ${span.execution}`;
    let entry = keys.get(key);
    if (!entry) {
      entry = { source: sourceOf(span, devices), bytes: 0n, runs: [] };
      keys.set(key, entry);
    }
    entry.bytes += BigInt(end - start);
    if (span.sector !== null)
      entry.runs.push({ sector: span.sector, sectors: (BigInt(end - start) + 511n) >> 9n });
    parts.push({ start, end, source: [...keys.keys()].indexOf(key), sector: span.sector, words });
  }
  const legend = [...keys.values()].map(({ source, bytes, runs }) => ({
    ...source,
    detail: [bytesText(bytes), runsText(runs)].filter(Boolean).join(', '),
  }));
  return { parts, legend };
}

function spanWords(span: OriginSpan): string {
  const cached = span.cached && span.origin !== 'written' ? ', through the page cache' : '';
  const words = span.origin === 'device' ? (span.device ?? '?') : originWords(span.origin, null, null);
  return `${words}${cached}`;
}

function sourceOf(span: OriginSpan, devices: string[]): Source {
  const tint =
    span.origin === 'device'
      ? devices.indexOf(span.device ?? '') % 4
      : span.origin === 'written'
        ? 'plain'
        : span.origin === 'hole'
          ? 'hatched'
          : 'zeros';
  return { label: spanWords(span), detail: '', tint, cached: span.cached };
}

function runsText(runs: SectorRun[]): string {
  const told = runs.slice(0, RUNS_TOLD).map(({ sector, sectors }) => sectorsText(sector, sectors));
  const rest = runs.length - told.length;
  return told.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

const START = {
  zeros: 'zeros, from the start',
  pattern: 'the pattern that names each sector, from the start',
  given: 'given by the scenario, from the start',
} as const;

/** Where the bytes of a device came from. `at` is the address of the first one. */
export function deviceSources(
  spans: readonly DeviceSpan[],
  at: bigint,
  device: number,
  stepOf: (execution: number) => string,
): Sources {
  const keys = new Map<string, { source: Source; bytes: bigint }>();
  const parts: Part[] = [];
  for (const span of spans) {
    const label = deviceWords(span, stepOf);
    let entry = keys.get(label);
    if (!entry) {
      entry = { source: { label, detail: '', ...lookOf(span, device) }, bytes: 0n };
      keys.set(label, entry);
    }
    entry.bytes += span.end - span.pos;
    parts.push({
      start: Number(span.pos - at),
      end: Number(span.end - at),
      source: [...keys.keys()].indexOf(label),
      sector: span.pos >> 9n,
      sectorOffset: span.pos & 511n,
      words: label,
      more: (inside) => placeWords(span, inside),
    });
  }
  const legend = [...keys.values()].map(({ source, bytes }) => ({ ...source, detail: bytesText(bytes) }));
  return { parts, legend };
}

/** `written back by fsync (step 3): bytes of pwrite (step 2)`. */
function deviceWords(span: DeviceSpan, stepOf: (execution: number) => string): string {
  const by = span.execution === null ? '' : stepOf(span.execution);
  switch (span.how) {
    case 'direct':
      return `written directly by ${by}`;
    case 'zeroed':
      return `zeros that the kernel wrote around ${by}`;
    case 'written':
      return `written by ${by}`;
    case 'writeback': {
      const from =
        span.origin === null
          ? ''
          : span.origin === 'written'
            ? `: bytes of ${stepOf(span.originExecution ?? 0)}`
            : span.origin === 'device'
              ? `: bytes read from ${span.originDevice}`
              : `: ${originWords(span.origin, null, null)}`;
      return `written back from the page cache by ${by}${from}`;
    }
    default:
      return isUnknown(span.how) ? `${unknownWords('payload', span.how)}, by ${by}` : START[span.how];
  }
}

/** Which byte of the file it is, and for one that was read earlier, from which sector. */
function placeWords({ file, addr, originShift, originDevice }: DeviceSpan, inside: bigint): string {
  if (file === null || addr === null) return '';
  const position = addr + inside;
  const from = originShift === null ? '' : `, read from ${originDevice} ${sectorAt(position + originShift)}`;
  return `, byte ${readable(position)} of file ${file}${from}`;
}

const sectorAt = (address: bigint): string => `sector ${readable(address >> 9n)} + ${address & 511n}`;

function lookOf({ how }: DeviceSpan, device: number): Pick<Source, 'tint' | 'cached'> {
  if (how === 'pattern') return { tint: device % 4, cached: false };
  if (how === 'zeros' || how === 'given') return { tint: how, cached: false };
  return { tint: how === 'zeroed' ? 'hatched' : 'plain', cached: how === 'writeback' };
}

/** The part that a byte lies in. Parts are ascending. */
export function partAt(parts: readonly Part[], index: number): Part | null {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (parts[middle]!.end <= index) low = middle + 1;
    else high = middle;
  }
  const part = parts[low];
  return part && part.start <= index ? part : null;
}

/** One byte in words: `byte 512: 41 'A', vda sector 128 + 3`. */
export function byteWords(value: number, position: bigint, part: Part | null, index: number): string {
  const text = printable(value) === '.' && value !== 0x2e ? '' : ` '${printable(value)}'`;
  const inside = part ? BigInt(index - part.start) : 0n;
  const where =
    part === null
      ? ''
      : part.sector === null
        ? `, ${part.words}`
        : `, ${part.words}${part.more?.(inside) ?? ''}, ${sectorAt((part.sector << 9n) + (part.sectorOffset ?? 0n) + inside)}`;
  return `byte ${readable(position)}: ${value.toString(16).padStart(2, '0')}${text}${where}`;
}

/** The character of a byte as a hex dump shows it. */
export const printable = (value: number): string =>
  value >= 0x20 && value < 0x7f ? String.fromCharCode(value) : '.';

/** The classes of a source's tint, as tints.css has them. */
export const tintOf = ({ tint, cached }: Sources['legend'][number]): string =>
  `${typeof tint === 'number' ? `device${tint}` : tint}${cached ? ' cached' : ''}`;
