// SPDX-License-Identifier: MIT
/** A live server behind a run: it registers its devices before the first step, and remembers between the steps. */
import { encodeBackingId, encodeBackingMap } from '../kernel/ioctl.ts';
import { FUSE_BACKING_TYPE, FUSE_DEV_IOC } from '../kernel/names.ts';
import { numberingOf } from '../kernel/numbering.ts';
import { resolveFds, resolveInodes } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Session } from '../server/fuse-server.ts';
import { LiveServer } from '../server/live.ts';
import type { AnswerSource, AnswerWorld } from './answer-source.ts';
import { closeChanges, openChanges } from './changes.ts';
import type { Change, Registration, ServerReport } from './types.ts';

const TYPE_MASK = 0xff;

export class LiveRun extends LiveServer implements AnswerSource {
  #registered: Registration[] = [];

  /** The server starts on a machine that nothing has happened on. */
  begin({ machine, tracker, scenario }: AnswerWorld): void {
    this.#registered = [];
    this.numbering = numberingOf(scenario.kernel.revision);
    machine.setCapabilities(scenario.connection.capabilities);
    machine.hearAttr();
    let starting = true;
    const within = () => {
      if (!starting) throw new Error('devices are added and removed in init() only');
    };
    const session: Session = {
      ...worldOf(scenario),
      device_add: (fd, flags = 0) => {
        within();
        const map = encodeBackingMap(fd | 0, ((flags & ~TYPE_MASK) | FUSE_BACKING_TYPE.IOMAP) >>> 0, 0n);
        const call = machine.ioctl(FUSE_DEV_IOC.FUSE_DEV_IOC_BACKING_OPEN, map);
        if (call.ret >= 0)
          for (const change of openChanges(machine, tracker, call.ret)) tracker.apply(change);
        this.#registered.push({ do: 'device_add', fd: fd | 0, flags: flags >>> 0, ret: call.ret });
        return call.ret;
      },
      device_remove: (id) => {
        within();
        const call = machine.ioctl(FUSE_DEV_IOC.FUSE_DEV_IOC_BACKING_CLOSE, encodeBackingId(id));
        if (call.ret >= 0)
          for (const change of closeChanges(machine, call, tracker, id)) tracker.apply(change);
        this.#registered.push({ do: 'device_remove', id, ret: call.ret });
        return call.ret;
      },
    };
    this.start(session);
    starting = false;
  }

  resume(state: unknown, execution: number, _world?: AnswerWorld): void {
    this.goOn(state, execution);
  }

  /** What callbacks remember is their own. */
  changes(): Change[] {
    return [];
  }

  /** What the server did that no execution shows. */
  told(): ServerReport {
    return { registered: [...this.#registered], events: [...this.events] };
  }
}

/** What a server can know of the machine before it starts. */
function worldOf(scenario: Scenario): Pick<Session, 'revision' | 'devices' | 'inodes'> {
  return {
    revision: scenario.kernel.revision,
    devices: [...resolveFds(scenario)].flatMap(([fd, entry]) => {
      const device = 'device' in entry ? scenario.devices[entry.device] : undefined;
      if (device === undefined || !('device' in entry)) return [];
      const { size, logicalBlockSize } = device;
      return [{ fd, name: entry.device, sizeBytes: size, logicalBlockSizeBytes: logicalBlockSize }];
    }),
    inodes: [...resolveInodes(scenario).values()].map(({ name, nodeid, ino, size, blockSize }) => ({
      name,
      nodeid,
      ino,
      sizeBytes: size,
      blockSizeBytes: blockSize,
    })),
  };
}
