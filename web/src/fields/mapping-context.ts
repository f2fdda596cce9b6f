// SPDX-License-Identifier: MIT
import { DEFAULT_REVISION } from '#engine/kernel/features.ts';
import type { Reply, TableEntry } from '#engine/run/types.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import type { MappingContext } from './choices.ts';

interface Known {
  /** The range that the kernel asks about, once it has asked. */
  asked: { pos: bigint; count: bigint } | null | undefined;
  reply: Reply | null;
  /** The backing table that the mappings are looked up in. */
  entries: TableEntry[] | undefined;
  /** Of the inode; undefined if there is none. */
  blockBytes: number | bigint | undefined;
  scenario: Scenario | null;
}

/** What a mapping's fields are seen against: what was asked, and what its device is. */
export function mappingContext({
  asked,
  reply,
  entries = [],
  blockBytes = 4096,
  scenario,
}: Known): MappingContext {
  const blockSize = BigInt(blockBytes);
  const device = entries.find(({ id }) => id === reply?.read?.dev)?.device;
  return {
    pos: asked?.pos ?? 0n,
    count: asked?.count ?? blockSize,
    blockSize,
    entries,
    revision: scenario?.kernel.revision ?? DEFAULT_REVISION,
    deviceSize: (device && scenario?.devices[device]?.size) || null,
  };
}
