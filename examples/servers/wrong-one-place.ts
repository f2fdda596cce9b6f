// SPDX-License-Identifier: MIT
/**
 * Wrong: the ranges of two files overlap. Each answer alone is right, and the kernel accepts all of them; but what is
 * written to one file changes the other.
 */
import { Linear } from './linear.ts';

export class OnePlace extends Linear {
  protected override baseOf(index: number): bigint {
    // Right would be at least as far from each other as a file can be long.
    return BigInt(index) * 32n * 1024n;
  }
}

export default new OnePlace();
