// SPDX-License-Identifier: MIT
/**
 * Wrong: to a read it answers with a `write` that is zeroed, since a read needs none. The kernel checks both mappings,
 * whatever it asked for: the zeroed one has length 0, and the read fails with -EIO. Leave `write` out instead.
 */
import { is_write, type BeginAnswer } from 'iomap-playground';
import { Linear } from './linear.ts';

export class ZeroedWriteSlot extends Linear {
  override iomap_begin(
    nodeid: bigint,
    ino: bigint,
    pos: bigint,
    count: bigint,
    opflags: number,
  ): BeginAnswer {
    const answer = super.iomap_begin(nodeid, ino, pos, count, opflags);
    return typeof answer === 'object' && !is_write(opflags) ? { ...answer, write: {} } : answer;
  }
}

export default new ZeroedWriteSlot();
