// SPDX-License-Identifier: GPL-2.0-only
import { bytesText, originWords } from '../../../../engine/checks/io-words.ts';
import type { OriginSpan, SectorRun } from '../../../../engine/run/types.ts';
import { readable } from '../../format/numbers.ts';
import { sectorsText } from '../xray/findings.ts';

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
  /** Said of one byte, `at` bytes into the part. */
  words: string;
}

export interface Source {
  /** What it is called: `vda`, `zeros of a hole`. */
  label: string;
  /** How much of it there is, and where. */
  detail: string;
  /** Which of the tints it has; zeros have none. */
  tint: number | 'zeros' | 'hatched' | 'plain';
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

/** Where the bytes of a device came from: the scenario, or a write. `at` is the address of the first one. */
export function deviceSources(
  written: readonly SectorRun[],
  at: bigint,
  shown: number,
  device: string,
): Sources {
  const parts: Part[] = [];
  const end = at + BigInt(shown);
  let from = at;
  const push = (to: bigint, source: number) => {
    if (to <= from) return;
    parts.push({
      start: Number(from - at),
      end: Number(to - at),
      source,
      sector: from >> 9n,
      words: source === 0 ? `${device}, as it was at the start` : `${device}, written`,
    });
    from = to;
  };
  for (const { sector, sectors } of written) {
    const start = sector << 9n;
    const stop = (sector + sectors) << 9n;
    if (stop <= at || start >= end) continue;
    push(start < at ? at : start, 0);
    push(stop > end ? end : stop, 1);
  }
  push(end, 0);
  const sum = (source: number) =>
    parts.filter((part) => part.source === source).reduce((all, part) => all + part.end - part.start, 0);
  return {
    parts,
    legend: [
      { label: 'as it was at the start', detail: bytesText(sum(0)), tint: 'zeros', cached: false },
      { label: 'written by I/O', detail: bytesText(sum(1)), tint: 'plain', cached: false },
    ],
  };
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
        : `, ${part.words}, sector ${readable(part.sector + inside / 512n)} + ${inside % 512n}`;
  return `byte ${readable(position)}: ${value.toString(16).padStart(2, '0')}${text}${where}`;
}

/** The character of a byte as a hex dump shows it. */
export const printable = (value: number): string =>
  value >= 0x20 && value < 0x7f ? String.fromCharCode(value) : '.';
