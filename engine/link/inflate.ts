// SPDX-License-Identifier: MIT
import { Inflate } from 'fflate';

/** Compressed bytes taken at a time. DEFLATE yields at most 1032 bytes for one, so that a step adds 129 KiB. */
const PIECE_BYTES = 128;

/** The result: the bytes, or why not. `over`: more than the cap. `broken`: not a DEFLATE stream. */
export type Inflated = { bytes: Uint8Array } | { failed: 'over' | 'broken'; producedBytes: number };

/**
 * Inflates a raw DEFLATE stream from a stranger.
 * @param dictionary what the stream may point back into
 * @param capBytes the most that may come out; it stops within one piece of it
 */
export function inflateCapped(stream: Uint8Array, dictionary: Uint8Array, capBytes: number): Inflated {
  if (stream.length === 0) return { failed: 'broken', producedBytes: 0 };
  const pieces: Uint8Array[] = [];
  let producedBytes = 0;
  const inflate = new Inflate({ dictionary }, (piece) => {
    pieces.push(piece);
    producedBytes += piece.length;
  });
  try {
    for (let at = 0; at < stream.length; at += PIECE_BYTES) {
      const end = Math.min(at + PIECE_BYTES, stream.length);
      inflate.push(stream.subarray(at, end), end === stream.length);
      if (producedBytes > capBytes) return { failed: 'over', producedBytes };
    }
  } catch {
    return { failed: 'broken', producedBytes };
  }
  return { bytes: joined(pieces, producedBytes) };
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
