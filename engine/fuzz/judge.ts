// SPDX-License-Identifier: MIT
import { errnoText } from '../kernel/errno.ts';
import { isUnknown } from '../kernel/unknown.ts';
import { RunSession } from '../run/session.ts';
import type { Execution } from '../run/types.ts';
import { writtenBytes } from '../run/written-bytes.ts';
import type { IoStep, Scenario, StepOf } from '../scenario/schema.ts';
import { isIoStep } from '../scenario/io-names.ts';
import type { ServerSource } from '../server/fuse-server.ts';
import { CACHED, ModelFile, SURE } from './model.ts';
import type { StepDocument } from './types.ts';

const EIO = -5n;
const EINVAL = -22n;
const ENOSYS = -38n;
const EOPNOTSUPP = -95n;
/** No file of a run gets larger; a model is an array of so many bytes. */
export const FILE_BYTES = 128 * 1024;

/**
 * Does steps on a machine with a live server, and holds each against the file as an array of bytes. What a file holds at the
 * start is what is read first. An error must be one that the server or a device gave.
 */
export class Judge {
  readonly #session: RunSession;
  readonly #models = new Map<string, ModelFile>();
  readonly #errors = new Set<bigint>();
  readonly #blockSizeBytes: number;
  readonly #gridBytes: bigint;
  readonly #first: string;

  constructor(module: WebAssembly.Module, scenario: Scenario, source: ServerSource) {
    this.#session = new RunSession(module, scenario, source);
    for (const [name, { size }] of Object.entries(scenario.inodes)) {
      const model = new ModelFile(Math.max(FILE_BYTES, Number(size)), Number(size));
      model.forget();
      this.#models.set(name, model);
    }
    this.#first = Object.keys(scenario.inodes)[0] ?? '';
    this.#blockSizeBytes = Math.max(...Object.values(scenario.inodes).map(({ blockSize }) => blockSize));
    this.#gridBytes = BigInt(
      Math.max(512, ...Object.values(scenario.devices).map(({ logicalBlockSize }) => logicalBlockSize)),
    );
  }

  /** What is wrong before the first step, in words; null if nothing. */
  start(): string | null {
    return this.#events();
  }

  /** Does a step. What is wrong, in words; null if nothing. */
  do(document: StepDocument): string | null {
    const execution = this.#session.do(document);
    const step = this.#session.scenario.steps.at(-1)!;
    return this.#events() ?? this.#kernel(execution) ?? (isIoStep(step) ? this.#file(step, execution) : null);
  }

  /** Whether any error was given so far: from then on what is only cached may be lost. */
  get #faulty(): boolean {
    return this.#errors.size > 0;
  }

  #events(): string | null {
    const [event] = this.#session.run.server?.events ?? [];
    return event === undefined ? null : `the server: ${event.kind}: ${event.request}: ${event.message}`;
  }

  /** What the kernel refuses or warns of: nothing that a right server says leads to it. */
  #kernel({ io, outcome, remark }: Execution): string | null {
    for (const { do: what, decided, ret, request } of io?.calls ?? []) {
      if (decided !== null && !isUnknown(decided.check)) {
        const which = decided.which === null || isUnknown(decided.which) ? '' : ` (${decided.which})`;
        return `the kernel refused the answer at pos ${request?.pos}: ${decided.check}${which}`;
      }
      if (ret === null || ret >= 0n) continue;
      // -ENOSYS to a begin asks for the page cache; to FALLOCATE it means that there is no such call.
      if (ret === ENOSYS && what === 'fallocate') this.#errors.add(EOPNOTSUPP);
      else if (ret !== ENOSYS || what !== 'iomap_begin') this.#errors.add(ret);
    }
    for (const event of io?.events ?? []) {
      if (event.kind === 'warn') return `the kernel warned: ${String(event.warn)}`;
      if (event.kind === 'bio' && event.error !== 0) this.#errors.add(BigInt(event.error)).add(EIO);
    }
    return outcome === 'oops' || outcome === 'waiting' ? `it never returned: ${remark ?? ''}` : null;
  }

  #file(step: IoStep, execution: Execution): string | null {
    const name = step.inode ?? this.#first;
    const model = this.#models.get(name)!;
    const ret = execution.ret ?? 0n;
    const problem =
      ret < 0n ? this.#failed(step, ret, model, execution) : this.#done(step, ret, model, execution);
    if (problem !== null) return problem;
    const { sizeBytes, diskSizeBytes } = execution.io!;
    if (Number(sizeBytes) !== model.size) return `i_size is ${sizeBytes}, expected ${model.size}`;
    if (!this.#faulty && step.do === 'fsync' && diskSizeBytes !== sizeBytes)
      return `i_disk_size is ${diskSizeBytes} after an fsync, i_size ${sizeBytes}`;
    return null;
  }

  #done(step: IoStep, ret: bigint, model: ModelFile, execution: Execution): string | null {
    switch (step.do) {
      case 'pread':
        return this.#read(step, Number(ret), model, execution);
      case 'pwrite':
        return this.#wrote(step, Number(ret), model, execution);
      case 'truncate':
        model.resize(Number(step.length));
        return null;
      case 'fzero': {
        const [pos, end] = [Number(step.offset), Number(step.offset + step.length)];
        model.zero(pos, Math.min(end, model.size));
        if (end > model.size && !step.keepSize) model.resize(end);
        return null;
      }
      case 'funshare': {
        const [pos, end] = [Number(step.offset), Number(step.offset + step.length)];
        if (this.#faulty) model.touch(pos, Math.min(end, model.size));
        return null;
      }
      case 'fsync':
        model.promise();
        return null;
      default:
        return null;
    }
  }

  #read(step: StepOf<'pread'>, ret: number, model: ModelFile, { io }: Execution): string | null {
    const pos = Number(step.offset);
    const expected = Math.max(0, Math.min(step.length, model.size - pos));
    if (ret > expected || (!this.#faulty && ret < expected))
      return `it returned ${ret}, expected ${expected}`;
    const data = io?.data ?? new Uint8Array(0);
    model.learn(pos, data);
    return model.differs(pos, data, (state) => state === SURE || (!this.#faulty && state === CACHED));
  }

  #wrote(step: StepOf<'pwrite'>, ret: number, model: ModelFile, { io }: Execution): string | null {
    const data = writtenBytes(step);
    // What cannot be written directly is in the cache, and promised by nobody yet.
    const fellBack = io?.events.some((one) => one.kind === 'note' && one.note === 'dio-fell-back');
    const direct = step.direct && fellBack !== true;
    if (ret !== data.length && (!this.#faulty || direct))
      return `it returned ${ret}, expected ${data.length}`;
    model.write(Number(step.offset), data.subarray(0, ret), direct);
    return null;
  }

  #failed(step: IoStep, ret: bigint, model: ModelFile, { io }: Execution): string | null {
    if (this.#offGrid(step) && ret === EINVAL) {
      // The gap before it may have been zeroed.
      if (step.do === 'pwrite')
        model.fail(Number(step.offset), Number(step.offset) + writtenBytes(step).length);
      return null;
    }
    const buffered = step.do === 'pread' && !step.direct;
    const given = this.#errors.has(ret) || (buffered && ret === EIO && this.#faulty);
    if (!given) return `it returned ${errnoText(ret)}, which nobody gave`;
    if (buffered) return null;
    this.#uncertain(step, model, Number(io!.sizeBytes));
    return null;
  }

  /** After an error: what may have been touched is not certain any more, the size is what the kernel says. */
  #uncertain(step: IoStep, model: ModelFile, size: number): void {
    if (size !== model.size) model.resize(size);
    if (step.do === 'pwrite') {
      const pos = Number(step.offset);
      model.fail(pos, pos + writtenBytes(step).length);
    } else if (step.do === 'fzero') model.fail(Number(step.offset), Number(step.offset + step.length));
    // What a truncation zeroes is the rest of a block at most.
    else if (step.do === 'truncate')
      model.fail(Number(step.length), Number(step.length) + this.#blockSizeBytes);
    else model.fail();
  }

  /** A direct request that no device takes as it is: -EINVAL is the kernel's own. */
  #offGrid(step: IoStep): boolean {
    if ((step.do !== 'pread' && step.do !== 'pwrite') || !step.direct) return false;
    const length = step.do === 'pread' ? step.length : writtenBytes(step).length;
    return (step.offset | BigInt(length)) % this.#gridBytes !== 0n;
  }
}
