// SPDX-License-Identifier: MIT
/** The extents that files have at the start, as pieces of a strip that are moved and resized by whole blocks. */
import type { Extent } from '../scenario/extents.ts';
import { resolveInodes } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';
import { grouped, hex } from './numbers.ts';

/** So many pieces are drawn; the form and the document have all. */
const SHOWN = 100;
/** What a piece moves by at most where its device is not known. */
const ADDR_MAX = (1n << 63n) - 1n;

/** An extent, with what bounds a change of it. All numbers are bytes. */
export interface StartPiece {
  inode: string;
  /** Its place in the list of the document. */
  index: number;
  extent: Extent;
  blockBytes: bigint;
  /** Where its device ends. */
  endBytes: bigint;
  /** Where the next extent of the file begins; null for the last. */
  nextOffset: bigint | null;
}

export interface StartStrip {
  dev: number;
  device: string | null;
  pieces: StartPiece[];
}

/** What a change makes of an extent. */
export type Placed = Pick<Extent, 'addr' | 'length'>;

/**
 * The extents at the start by backing id, in the order of their addresses. Rows of HOLE are on no device.
 * @param deviceOf the device behind a backing id; null for none
 */
export function startStrips(
  scenario: Scenario,
  deviceOf: (dev: number) => string | null,
): { strips: StartStrip[]; more: number } {
  const all = [...resolveInodes(scenario).values()].flatMap(({ name, blockSize, extents = [] }) =>
    extents.flatMap((extent, index): StartPiece[] => {
      if (extent.type === 'HOLE') return [];
      const after = extents.map(({ offset }) => offset).filter((offset) => offset > extent.offset);
      const size = scenario.devices[deviceOf(extent.dev) ?? '']?.size;
      return [
        {
          inode: name,
          index,
          extent,
          blockBytes: BigInt(blockSize),
          endBytes: size ?? ADDR_MAX,
          nextOffset: after.length === 0 ? null : after.reduce((a, b) => (a < b ? a : b)),
        },
      ];
    }),
  );
  const shown = all.slice(0, SHOWN);
  const strips = [...new Set(shown.map(({ extent }) => extent.dev))].map((dev) => ({
    dev,
    device: deviceOf(dev),
    pieces: shown
      .filter(({ extent }) => extent.dev === dev)
      .sort((a, b) => (a.extent.addr < b.extent.addr ? -1 : a.extent.addr > b.extent.addr ? 1 : 0)),
  }));
  return { strips, more: all.length - shown.length };
}

/** The extent so many blocks further on its device, but not past its ends. */
export function moved({ extent, blockBytes, endBytes }: StartPiece, blocks: number): Placed {
  const { addr, length } = extent;
  // What lies past the end already may stay there, and come back.
  const last = max(addr, endBytes - length);
  return { addr: min(last, max(0n, addr + BigInt(blocks) * blockBytes)), length };
}

/** The extent so many blocks longer: at least one block, up to the next of its file and to the end of its device. */
export function resized({ extent, blockBytes, endBytes, nextOffset }: StartPiece, blocks: number): Placed {
  const { addr, length, offset } = extent;
  const room = min(endBytes - addr, (nextOffset ?? ADDR_MAX) - offset);
  const least = min(length, blockBytes);
  return { addr, length: min(max(length, room), max(least, length + BigInt(blocks) * blockBytes)) };
}

/** `at 0x100000, 12,288 bytes long: bytes 0 to 12,287 of a`. */
export function placedText({ inode, extent }: StartPiece, { addr, length }: Placed): string {
  const { offset } = extent;
  const bytes = `bytes ${grouped(offset)} to ${grouped(offset + length - 1n)} of ${inode}`;
  return `at ${hex(addr)}, ${grouped(length)} bytes long: ${bytes}`;
}

const min = (a: bigint, b: bigint) => (a < b ? a : b);
const max = (a: bigint, b: bigint) => (a > b ? a : b);
