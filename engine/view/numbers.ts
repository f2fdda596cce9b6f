// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { NULL_ADDR } from '../kernel/names.ts';

export { grouped };

/**
 * How a byte count or a position is written: the page has one notation at a time, and every number follows it.
 * `usual` is decimal with device addresses in hex, as kernel people write them; `blocks` are those of the inode,
 * on a device sectors of 512 bytes.
 */
export type Notation = 'usual' | 'decimal' | 'hex' | 'blocks';

export const NOTATIONS: readonly Notation[] = ['usual', 'decimal', 'hex', 'blocks'];

/** A block layer sector, whatever the device's logical block size. */
const SECTOR_BYTES = 512n;

/** The next notation in the cycle. */
export function nextNotation(notation: Notation): Notation {
  return NOTATIONS[(NOTATIONS.indexOf(notation) + 1) % NOTATIONS.length] ?? 'usual';
}

/** `0x1000`; with `width`, zero-filled to so many digits. Negative numbers keep their sign. */
export function hex(value: bigint | number, width = 1): string {
  const big = BigInt(value);
  const digits = (big < 0n ? -big : big).toString(16).padStart(width, '0');
  return `${big < 0n ? '-' : ''}0x${digits}`;
}

/** From here on decimal numbers are too long to read at a glance. */
const READABLE = 1n << 40n;

/** A number inside a sentence: grouped decimal, or hex where that would be too long to read. */
export const readable = (value: bigint) => (value < READABLE ? grouped(value) : hex(value));

function inUnits(value: bigint, unitBytes: bigint, counted: boolean, noun: string): string {
  const whole = value / unitBytes;
  const rest = value % unitBytes;
  const name = counted ? `${whole} ${noun}${whole === 1n ? '' : 's'}` : `${noun} ${whole}`;
  return rest === 0n ? name : `${name} + ${rest} B`;
}

/** A position as a block number: `block 1`, `block 1 + 100 B`. */
export const blockAt = (bytes: bigint, blockBytes: number) =>
  inUnits(bytes, BigInt(blockBytes), false, 'block');
/** A length in blocks: `2 blocks`. */
export const blockCount = (bytes: bigint, blockBytes: number) =>
  inUnits(bytes, BigInt(blockBytes), true, 'block');
/** A device address as a sector number: `sector 2048`, `sector 2048 + 256 B`. */
export const sectorAt = (bytes: bigint) => inUnits(bytes, SECTOR_BYTES, false, 'sector');

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** A size for people: `1 MiB`, `1.5 GiB`, `8 EiB - 512 B`: exact, or marked as rounded by `≈`. */
export function sizeText(bytes: bigint): string {
  let unit = 0;
  while (unit < UNITS.length - 1 && bytes >> BigInt(10 * (unit + 1)) > 0n) unit++;
  const scale = 1n << BigInt(10 * unit);
  if (bytes % scale === 0n) return `${grouped(bytes / scale)} ${UNITS[unit]}`;
  const short = nearlyNext(bytes);
  if (short !== null) return short;
  const hundredths = (bytes * 100n) / scale;
  const exact = (hundredths * scale) / 100n === bytes && (hundredths * scale) % 100n === 0n;
  const text = `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`.replace(/\.?0+$/, '');
  return `${exact ? '' : '≈ '}${text} ${UNITS[unit]}`;
}

/** A little less than a power of two reads best as just that: `8 EiB - 512 B`. */
function nearlyNext(bytes: bigint): string | null {
  for (let bits = 20n; bits <= 64n; bits++) {
    const missing = (1n << bits) - bytes;
    if (missing <= 0n || missing > 65_536n) continue;
    const unit = Number(bits / 10n) > 6 ? 6 : Number(bits / 10n);
    return `${(1n << bits) >> BigInt(10 * unit)} ${UNITS[unit]} - ${grouped(missing)} B`;
  }
  return null;
}

/** What a number means, so that it can be written in blocks. */
export type NumberKind = 'position' | 'length' | 'address';

/**
 * One number in the page's notation. NULL_ADDR stays NULL_ADDR as an address.
 * @param blockBytes the inode's block size; an address is written in sectors instead.
 */
export function inNotation(
  value: bigint,
  notation: Notation,
  kind: NumberKind,
  blockBytes: number = 4096,
): string {
  if (kind === 'address' && value === NULL_ADDR) return 'NULL_ADDR';
  if (notation === 'hex' || (notation === 'usual' && kind === 'address')) return hex(value);
  if (notation !== 'blocks') return String(value);
  if (kind === 'address') return sectorAt(value);
  return kind === 'position' ? blockAt(value, blockBytes) : blockCount(value, blockBytes);
}

/** The same number in every notation, for a tooltip: `4096 · 0x1000 · block 1`. */
export function everyNotation(value: bigint, kind: NumberKind, blockBytes: number = 4096): string {
  const all = NOTATIONS.map((notation) => inNotation(value, notation, kind, blockBytes));
  return [...new Set(all)].join(' · ');
}
