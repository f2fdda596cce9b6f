// SPDX-License-Identifier: MIT
import type { Iomap } from '#engine/kernel/wire-types.ts';
import type { BeginAnswer } from '#engine/server/fuse-server.ts';
import { explain, type Explained } from './explain.ts';
import { Mount } from './mount.ts';
import type { Amount, World } from './world.ts';

/** What the kernel asks. */
export interface BeginRequest {
  pos: Amount;
  count: Amount;
  /** IOMAP_OP bits; 0, a read, if left out. */
  op?: number;
  /** By its name in the machine; the first, if left out. */
  inode?: string;
}

/** What the kernel makes of one answer. */
export interface Checked extends Explained {
  /** The kernel takes the mappings. */
  accepted: boolean;
  /** 0, or a negative errno; null if the request never ended. */
  ret: bigint | null;
  iomap: Iomap | null;
  srcmap: Iomap | null;
}

/**
 * Asks the kernel about one answer to iomap_begin. The devices of the machine are registered in the order of their
 * descriptors: the first is dev 1.
 */
export function check(reply: BeginAnswer, request: BeginRequest, machine: World = {}): Checked {
  const mounted = new Mount({
    ...machine,
    server: {
      init: (se) => {
        for (const { fd } of se.devices) se.device_add(fd);
      },
      iomap_begin: () => reply,
    },
  });
  const { pos, count, op = 0, inode } = request;
  const { execution, ret } = mounted.begin(pos, count, op, inode === undefined ? {} : { inode });
  const [event] = mounted.run.server?.events ?? [];
  if (event !== undefined) throw new TypeError(`the reply can't be sent: ${event.message}`);
  const { iomap, srcmap, outcome } = execution;
  return { ...explain(execution), accepted: outcome === 'ok', ret, iomap, srcmap };
}
