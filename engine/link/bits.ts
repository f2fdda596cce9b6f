// SPDX-License-Identifier: MIT
/** Numbers of any count of bits in a row, the highest bit first; the last byte is filled up with zeros. */

export class BitWriter {
  readonly #bytes: number[] = [];
  /** Bits of the last byte that are still free. */
  #free = 0;

  /** Appends the low `count` bits of a value. */
  write(value: bigint, count: number): void {
    let left = count;
    while (left > 0) {
      if (this.#free === 0) {
        this.#bytes.push(0);
        this.#free = 8;
      }
      const take = Math.min(left, this.#free);
      left -= take;
      this.#free -= take;
      const piece = Number((value >> BigInt(left)) & ((1n << BigInt(take)) - 1n));
      const last = this.#bytes.length - 1;
      this.#bytes[last] = (this.#bytes[last] ?? 0) | (piece << this.#free);
    }
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next bit; null past the end. */
  bit(): number | null {
    const byte = this.#bytes[this.#at >> 3];
    return byte === undefined ? null : (byte >> (7 - (this.#at++ & 7))) & 1;
  }

  /** The next `count` bits; null past the end. */
  read(count: number): bigint | null {
    if (this.#at + count > this.#bytes.length * 8) return null;
    let value = 0n;
    for (let left = count; left > 0;) {
      const free = 8 - (this.#at & 7);
      const take = Math.min(left, free);
      const byte = this.#bytes[this.#at >> 3] ?? 0;
      value = (value << BigInt(take)) | BigInt((byte >> (free - take)) & ((1 << take) - 1));
      this.#at += take;
      left -= take;
    }
    return value;
  }

  /** Whether nothing is left but the zeros that fill the last byte up. */
  atEnd(): boolean {
    const rest = this.#bytes.length * 8 - this.#at;
    return rest < 8 && this.read(rest) === 0n;
  }
}
