// SPDX-License-Identifier: MIT

/**
 * How sure it is what a byte is: on the device; in the cache and not yet promised; after a failure, not at all; not
 * before it was read.
 */
export const SURE = 0;
export const CACHED = 1;
const LOST = 2;
const UNKNOWN = 3;

/** A file as an array of bytes. Whatever is past its end is zero. */
export class ModelFile {
  readonly bytes: Uint8Array;
  readonly state: Uint8Array;
  size: number;

  constructor(maxBytes: number, size: number) {
    this.bytes = new Uint8Array(maxBytes);
    this.state = new Uint8Array(maxBytes);
    this.size = size;
  }

  /** Whatever the file holds now is taken as it is read first. */
  forget(): void {
    this.state.fill(UNKNOWN, 0, this.size);
  }

  /** Takes what was read for what is there, where that was not known. */
  learn(pos: number, found: Uint8Array): void {
    for (const [i, byte] of found.entries()) {
      if (this.state[pos + i] !== UNKNOWN) continue;
      this.bytes[pos + i] = byte;
      this.state[pos + i] = SURE;
    }
  }

  write(pos: number, data: Uint8Array, durable: boolean): void {
    if (data.length === 0) return;
    // What a write past the end leaves out is zeros, in the cache if anywhere.
    if (pos > this.size) this.state.fill(CACHED, this.size, pos);
    this.bytes.set(data, pos);
    this.state.fill(durable ? SURE : CACHED, pos, pos + data.length);
    this.size = Math.max(this.size, pos + data.length);
  }

  zero(pos: number, end: number): void {
    if (end <= pos) return;
    this.bytes.fill(0, pos, end);
    this.state.fill(CACHED, pos, end);
  }

  resize(size: number): void {
    if (size > this.size) this.state.fill(CACHED, this.size, size);
    else {
      this.bytes.fill(0, size, this.size);
      this.state.fill(SURE, size, this.size);
    }
    this.size = size;
  }

  /** A successful fsync: all that is cached is promised now. */
  promise(): void {
    this.#turn(CACHED, SURE, 0, this.bytes.length);
  }

  /** A failure: what was only cached may be gone, and in [pos, end) there may be anything. */
  fail(pos = 0, end = 0): void {
    this.#turn(CACHED, LOST, 0, this.size);
    this.state.fill(LOST, pos, Math.min(end, this.size));
  }

  /** Bytes that were sure are rewritten as they are, through the cache. */
  touch(pos: number, end: number): void {
    this.#turn(SURE, CACHED, pos, end);
  }

  #turn(from: number, to: number, pos: number, end: number): void {
    for (let at = pos; at < end; at++) if (this.state[at] === from) this.state[at] = to;
  }

  /** How many bytes of the file are in such a state. */
  count(which: (state: number) => boolean): number {
    return this.state.subarray(0, this.size).reduce((sum, state) => sum + Number(which(state)), 0);
  }

  /** The first of these bytes, which were found at `pos`, that is not what it must be; null if all are. */
  differs(pos: number, found: Uint8Array, only: (state: number) => boolean): string | null {
    for (let i = 0; i < found.length; i++) {
      const at = pos + i;
      if (found[i] !== this.bytes[at] && only(this.state[at]!))
        return `byte ${at} is ${found[i]}, expected ${this.bytes[at]}`;
    }
    return null;
  }
}
