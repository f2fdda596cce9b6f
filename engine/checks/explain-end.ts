// SPDX-License-Identifier: GPL-2.0-only
import { IOMAP_F, IOMAP_OP } from '../kernel/names.ts';
import type { Execution } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';

/** Why FUSE_IOMAP_END was sent or not: the words for what the core decided (fuse_should_send_iomap_end). */

const FILE_WRITE = IOMAP_OP.WRITE | IOMAP_OP.ZERO | IOMAP_OP.UNSHARE;

/** Whether the kernel treats an operation with these op flags as a write to the file. */
export function isFileWrite(opflags: number): boolean {
  return (opflags & FILE_WRITE) !== 0;
}

/** A clause: `because …`. */
export function sentBecause({ iomap, request }: Execution): string {
  const flags = iomap?.flags ?? 0;
  if ((flags & IOMAP_F.ANON_WRITE) !== 0) {
    return 'because the mapping has ANON_WRITE: this revision takes its bit for WANT_IOMAP_END';
  }
  if ((flags & IOMAP_F.SIZE_CHANGED) !== 0) return 'because the write changed the file size';
  return (request?.written ?? 0n) < 0n ? 'because the write failed' : 'because the write was short';
}

/** A clause. The op flags may come from an earlier begin; if that is not plain, both reasons are named. */
export function notSentBecause({ step }: Execution, { steps }: Scenario): string {
  const end = steps[step];
  const wrote =
    end?.do !== 'iomap_end'
      ? undefined
      : end.op !== undefined
        ? isFileWrite(end.op)
        : begins(steps, step, end.of);
  if (wrote === undefined) return 'it was no file write, or all of it was done and the size stayed';
  return wrote ? 'all bytes were done and the file size stayed' : 'the operation was no file write';
}

/** Whether the begin that may have been ended was a file write; undefined if the candidates differ. */
function begins(steps: Scenario['steps'], before: number, of: number | undefined): boolean | undefined {
  const candidates = (of === undefined ? steps.slice(0, before) : steps.slice(of, of + 1)).flatMap((step) =>
    step.do === 'iomap_begin' ? [isFileWrite(step.op)] : [],
  );
  return candidates.every((write) => write === candidates[0]) ? candidates[0] : undefined;
}
