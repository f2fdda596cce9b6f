// SPDX-License-Identifier: MIT
/**
 * Striped: the file lies on two devices in turns, a stripe of four blocks on each. A mapping ends with its stripe.
 *
 * The second device is used from an odd place on. Writeback joins what continues on the device by its sector alone: if
 * the next stripe began on the other device where this one ends, its data would be written to this device.
 */
import { FUSE_IOMAP_TYPE, type Mapping, type Session } from 'iomap-playground';
import { Linear, type LinearFile } from './linear.ts';

const STRIPE = 4n;
/** Blocks that are left out at the start of the second device. */
const SHIFT = 1n;

export class Striped extends Linear {
  #devs: number[] = [];

  override init(se: Session): void {
    super.init(se);
    this.#devs = [this.dev, se.device_add(se.devices[1]!.fd)];
  }

  protected override mapping(file: LinearFile, first: bigint, blocks: bigint, written: boolean): Mapping {
    const stripe = first / STRIPE;
    const second = stripe % 2n === 1n;
    const within = first % STRIPE;
    const row = (stripe / 2n) * STRIPE + within + (second ? SHIFT : 0n);
    const length = blocks < STRIPE - within ? blocks : STRIPE - within;
    return {
      offset: first * file.blockSize,
      length: length * file.blockSize,
      addr: file.base + row * file.blockSize,
      type: written ? FUSE_IOMAP_TYPE.MAPPED : FUSE_IOMAP_TYPE.UNWRITTEN,
      dev: this.#devs[second ? 1 : 0] ?? 0,
    };
  }

  override snapshot(): unknown {
    return [super.snapshot(), this.#devs];
  }

  override restore(state: unknown): void {
    const [linear, devs] = state as [unknown, number[]];
    super.restore(linear);
    this.#devs = [...devs];
  }
}

export default new Striped();
