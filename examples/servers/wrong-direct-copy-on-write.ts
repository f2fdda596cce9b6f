// SPDX-License-Identifier: MIT
/**
 * Wrong: a direct write of a part of a shared block is answered out of place as any other. A direct write copies nothing:
 * the rest of the new block keeps what it held before, and takes the place of the shared block with it.
 */
import { CopyOnWrite } from './copy-on-write.ts';

export class DirectCopyOnWrite extends CopyOnWrite {
  protected override needsCache(): boolean {
    return false;
  }
}

export default new DirectCopyOnWrite();
