// SPDX-License-Identifier: MIT
/**
 * Wrong: a write to a hole gets a block that counts as MAPPED at once, and F_NEW is forgotten. The kernel takes what the
 * block held before for a part of the file: a write of less than a block keeps the rest of it.
 */
import { FUSE_IOMAP_TYPE, NULL_ADDR, type BeginAnswer } from 'iomap-playground';
import { Extents, type ExtentFile } from './extents.ts';

const ENOSPC = -28;

export class NewForgotten extends Extents {
  protected override allocated(file: ExtentFile, first: bigint): BeginAnswer {
    const block = this.take();
    if (block === undefined) return ENOSPC;
    file.places.set(first, { block, written: true });
    const one = { offset: first * file.blockSize, length: file.blockSize };
    return {
      read: { ...one, type: FUSE_IOMAP_TYPE.HOLE, addr: NULL_ADDR },
      // Right would be: flags: FUSE_IOMAP_F.NEW
      write: { ...one, type: FUSE_IOMAP_TYPE.MAPPED, addr: block * file.blockSize, dev: this.dev },
    };
  }
}

export default new NewForgotten();
