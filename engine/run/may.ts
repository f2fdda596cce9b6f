// SPDX-License-Identifier: MIT
/** What the revisions of May 2026 need for a run beside the core: numbers, inline data, how many inodes live. */
import { numberingOf } from '../kernel/numbering.ts';
import { has } from '../kernel/has-feature.ts';
import type { Revision } from '../kernel/features.ts';
import { isIoStep } from '../scenario/io-names.ts';
import { resolveFds, resolveInodes, type ResolvedInode } from '../scenario/resolve.ts';
import type { BeginReply, EndReply, Fd, Scenario } from '../scenario/schema.ts';
import type { MachineSetup } from '../core/setup.ts';
import { machineSetup } from './setup.ts';
import { isTransfer, transferAnswer } from '../server/transfers.ts';
import { scriptedServer } from '../server/scripted.ts';
import type { Server } from '../server/server.ts';
import { inodeName, type Context } from './execute.ts';

/**
 * A server as a step says.
 * @param transfers what it answers to requests of inline data, in order; after the last, all that was asked for
 */
export function serverOf(
  reply: BeginReply | EndReply,
  revision: Revision,
  transfers: readonly number[],
): Server {
  const server = scriptedServer(reply, numberingOf(revision));
  let next = 0;
  let last: bigint | null = null;
  return {
    answer(request) {
      if (!isTransfer(request)) return server.answer(request);
      // What the kernel does not take is not said again.
      if (request.unique === last) return null;
      last = request.unique;
      return { bytes: transferAnswer(request, transfers[next++]) };
    },
  };
}

/** Tells the core how many iomap inodes live: as the scenario says, or those that the steps have used so far. */
export function beforeIoctl(context: Context): void {
  const { scenario, done, extra } = context;
  if (extra === null || !has(scenario.kernel.revision, 'IOMAP_CAN_CLOSE')) return;
  const used = new Set<string>();
  for (const index of new Set(done.map(({ step }) => step))) {
    const step = scenario.steps[index];
    if (step !== undefined && (step.do === 'iomap_begin' || isIoStep(step)))
      used.add(inodeName(context, step));
  }
  extra.machine.setIomapInodes(scenario.connection.iomapInodes ?? BigInt(used.size));
}

/** FMODE_* bits of an access mode, and the one that O_PATH leaves. */
const FMODE = { none: 0, r: 1, w: 2, rw: 3 } as const;
const FMODE_PATH = 0x4000;

/** How a descriptor was opened, as FMODE_* bits. */
function accessOf(fd: Fd): number {
  if (fd.kind.endsWith('-path')) return FMODE_PATH;
  return 'access' in fd ? FMODE[fd.access ?? 'rw'] : FMODE.rw;
}

/** What the cache of an inode holds, before a request and from its answer on; null for none. */
function cacheOf({ cache }: ResolvedInode): MachineSetup['inodes'][number]['cache'] {
  if (cache === undefined) return null;
  const { read = null, write = null, after = {} } = cache;
  const later = {
    read: after.read === undefined ? read : after.read,
    write: after.write === undefined ? write : after.write,
  };
  return { before: { read, write }, after: later };
}

/** The machine that a scenario describes, before its first step, with all that some revision asks for. */
export function setupOf(scenario: Scenario): MachineSetup {
  const { files, inodes, ...setup } = machineSetup(scenario);
  const [fds, known] = [resolveFds(scenario), resolveInodes(scenario)];
  return {
    ...setup,
    numbering: numberingOf(scenario.kernel.revision),
    files: files.map((file) => ({ ...file, access: accessOf(fds.get(file.fd)!) })),
    inodes: inodes.map((inode) => ({ ...inode, cache: cacheOf(known.get(inode.name)!) })),
  };
}
