// SPDX-License-Identifier: MIT
import type { JsonValue } from '#engine/scenario/json.ts';
import { RunSession } from '#engine/run/session.ts';
import type { Execution, FiemapExtent, IoCall, Run } from '#engine/run/types.ts';
import { documentOf, toJsonValue } from '#engine/scenario/plain-json.ts';
import type { ServerSource } from '#engine/server/fuse-server.ts';
import { coreOf } from './cores.ts';
import { rememberExecution, rememberRun, type Origin } from './remembered.ts';
import { documentOfWorld, type Amount, type World } from './world.ts';

export interface MountOptions extends World {
  /** Who answers the kernel. */
  server: ServerSource;
}

/** What one system call did. */
export interface Done {
  /** What it returned: bytes, a position, 0, or a negative errno; null if it never returned. */
  ret: bigint | null;
  /** pread: what the caller got, no more than the first 65,536 bytes. */
  bytes: Uint8Array | null;
  /** fiemap: the extents. */
  extents: FiemapExtent[] | null;
  /** What went to the server and back inside of it, in order. */
  calls: IoCall[];
  /** All of it. */
  execution: Execution;
}

/** Whose file it is: the first, if left out. */
export interface OnFile {
  inode?: string;
}
export interface Transfer extends OnFile {
  direct?: boolean;
  nowait?: boolean;
}

/** A mounted file system with its server. System calls are named as in xfs_io. */
export class Mount {
  readonly #session: RunSession;
  readonly #value: { [key: string]: JsonValue };

  /** Throws an Error with all problems of the machine. */
  constructor({ server, ...world }: MountOptions) {
    const parsed = documentOf({ ...documentOfWorld(world), steps: [] });
    const scenario = parsed.scenario!;
    this.#value = parsed.value as { [key: string]: JsonValue };
    this.#session = new RunSession(coreOf(scenario.kernel.revision), scenario, server);
  }

  pread(offset: Amount, length: number, options: Transfer = {}): Done {
    return this.#do({ do: 'pread', offset, length, ...options });
  }

  pwrite(offset: Amount, data: Uint8Array, options: Transfer & { atomic?: boolean } = {}): Done {
    return this.#do({ do: 'pwrite', offset, data, ...options });
  }

  fsync(options: OnFile = {}): Done {
    return this.#do({ do: 'fsync', ...options });
  }

  truncate(length: Amount, options: OnFile = {}): Done {
    return this.#do({ do: 'truncate', length, ...options });
  }

  /** fallocate() with FALLOC_FL_ZERO_RANGE. */
  fzero(offset: Amount, length: Amount, options: OnFile & { keepSize?: boolean } = {}): Done {
    return this.#do({ do: 'fzero', offset, length, ...options });
  }

  funshare(offset: Amount, length: Amount, options: OnFile = {}): Done {
    return this.#do({ do: 'funshare', offset, length, ...options });
  }

  fiemap(options: OnFile & { offset?: Amount; length?: Amount; count?: number; sync?: boolean } = {}): Done {
    return this.#do({ do: 'fiemap', ...options });
  }

  seek(offset: Amount, whence: 'data' | 'hole', options: OnFile = {}): Done {
    return this.#do({ do: 'seek', offset, whence, ...options });
  }

  bmap(block: Amount, options: OnFile = {}): Done {
    return this.#do({ do: 'bmap', block, ...options });
  }

  /** One ->iomap_begin alone, as the kernel sends it; `op` are IOMAP_OP bits. */
  begin(pos: Amount, count: Amount, op = 0, options: OnFile = {}): Done {
    return this.#do({ do: 'iomap_begin', pos, count, op, ...options });
  }

  /** Any other step, as a scenario has it. */
  step(step: { do: string; [key: string]: unknown }): Done {
    return this.#do(step);
  }

  /** Bytes of a device as they are now. */
  peek(device: string, at: bigint | number, lengthBytes: number): Uint8Array {
    return this.#session.machine.peek(device, BigInt(at), lengthBytes);
  }

  /** All that was done so far. */
  get run(): Run {
    return rememberRun(this.#origin());
  }

  #origin(): Origin {
    const { run, scenario, steps } = this.#session;
    return { run, scenario, value: { ...this.#value, steps: [...steps] } };
  }

  #do(step: { do: string; [key: string]: unknown }): Done {
    const execution = this.#session.do(toJsonValue(step, 'the step') as { [key: string]: JsonValue });
    rememberExecution(execution, () => this.#origin());
    const { ret, io } = execution;
    return {
      ret,
      bytes: io?.data ?? null,
      extents: io?.extents ?? null,
      calls: io?.calls ?? [],
      execution,
    };
  }
}

/** Mounts a file system on this machine. Throws an Error if the machine can't be made. */
export function mount(options: MountOptions): Mount {
  return new Mount(options);
}
