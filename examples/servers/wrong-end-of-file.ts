// SPDX-License-Identifier: MIT
/**
 * Wrong: what is past the end is cut off one block too early. A size of 10,000 has three blocks of 4096 bytes, and the
 * last holds 1,808 bytes of data: rounded down, they are lost.
 */
import { Linear } from './linear.ts';

export class EndOfFile extends Linear {
  override setattr(nodeid: bigint, { size }: { size: bigint }): number {
    const { blockSize } = this.files.get(nodeid)!;
    // Right would be: size, as the block that the end lies in stays.
    return super.setattr(nodeid, { size: size - (size % blockSize) });
  }
}

export default new EndOfFile();
