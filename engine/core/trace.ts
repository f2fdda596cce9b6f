// SPDX-License-Identifier: MIT
/** The records that a call leaves in a `trace` build: see assembly/trace.ts and assembly/records.ts for the boxes. */

import { CHECK_FACTS } from '../kernel/check-facts.ts';
import { PLAIN_NUMBERING, type Numbering } from '../kernel/codes.ts';
import { checkOf } from '../kernel/checks.ts';
import { idOf, isUnknown, type Unknown } from '../kernel/unknown.ts';
import type { CheckRecord, CoreEvent, NoteId, WarnId } from './records.ts';

const RESULTS = ['pass', 'fail', 'would-pass', 'would-fail'] as const;
const WHICH = ['read', 'write'] as const;

/** By number, as in assembly/records.ts. */
export const WARN_IDS: readonly (WarnId | null)[] = [
  null,
  'backing-type-mismatch',
  'backing-id-zero',
  'backing-removed-other',
  'backing-busy-at-unmount',
  'iomap-type-assert',
  'bio-end-of-device',
  'bio-read-only',
  'bio-unaligned',
  'iter-offset',
  'iter-empty',
  'iter-end',
  'iter-stale',
  'dio-hole-write',
  'dio-delalloc',
  'dio-inline',
  'dio-type',
  'inline-offset',
  'zero-past-eof',
  'unshare-zeroing',
  'writeback-inline',
  'writeback-delalloc',
  'writeback-anon',
  'inline-size',
];

/** By number, as in assembly/records.ts. */
export const NOTE_IDS: readonly (NoteId | null)[] = [
  null,
  'end-wanted',
  'end-not-a-write',
  'end-size-changed',
  'end-short',
  'end-complete',
  'end-not-implemented',
];
/** The notes that follow them: of what an I/O step did, not of a call. */
export const IO_NOTE_IDS = ['dio-unaligned', 'dio-torn', 'dio-fell-back', 'bio-not-atomic'] as const;

/** For an unknown check: as many operands as a record can hold. */
const ALL_OPERANDS = ['a', 'b', 'c', 'd'];

const HEADER_BYTES = 120;
const RECORD_BYTES = 40;
export const enum Kind {
  CHECK,
  GET,
  PUT,
  WARN,
  NOTE,
  BIO,
  BYTES,
  SEGMENT,
}

export interface Trace {
  path: CheckRecord[];
  decided: CheckRecord | null;
  events: CoreEvent[];
  /** Records that did not fit. */
  lost: number;
}

/** Reads a record that only calls of I/O leave; `record` is its address. */
export type ReadIo = (memory: DataView, record: number, kind: Kind, number: number) => void;

/** Reads the record of a check; `place` counts the records of the trace before it. */
export type ReadCheck = (memory: DataView, record: number, place: number) => CheckRecord;

/** Where a path is put together: a list that grows takes more memory than it needs. Its records are in a cache anyway. */
const path: CheckRecord[] = [];

/**
 * Everything that the last call recorded; empty for a `fast` build. Records of I/O go to `readIo`, in order with
 * the others.
 */
export function readTrace(
  memory: DataView,
  at: number,
  numbering: Numbering = PLAIN_NUMBERING,
  readIo?: ReadIo,
  check: ReadCheck = (view, record) => readCheck(view, record, numbering),
): Trace {
  const lost = memory.getUint32(at + 4, true);
  const records = memory.getUint32(at, true) / RECORD_BYTES;
  const decidedAt = memory.getUint32(at + 8, true) / RECORD_BYTES;
  const trace: Trace = { path: [], decided: null, events: [], lost };
  let checks = 0;
  for (let i = 0; i < records; i++) {
    const record = at + HEADER_BYTES + i * RECORD_BYTES;
    const kind = memory.getUint8(record + 4);
    const number = memory.getUint16(record, true);
    if (kind === Kind.CHECK) {
      const read = check(memory, record, i);
      path[checks++] = read;
      if (i + 1 === decidedAt) trace.decided = read;
    } else if (isIo(kind, number)) {
      readIo?.(memory, record, kind, number);
    } else {
      const a = memory.getBigUint64(record + 8, true);
      const b = memory.getBigUint64(record + 16, true);
      trace.events.push(readEvent(kind, number, checks, a, b, numbering));
    }
  }
  trace.path = path.slice(0, checks);
  return trace;
}

/** Whether a record is one that only I/O leaves. */
function isIo(kind: Kind, number: number): boolean {
  if (kind === Kind.NOTE) return number >= NOTE_IDS.length && number < NOTE_IDS.length + IO_NOTE_IDS.length;
  return kind === Kind.BIO || kind === Kind.BYTES || kind === Kind.SEGMENT;
}

/** The name of a number; null for 0, which stands for no name. */
export const orNone = <T extends string>(ids: readonly T[], number: number): T | Unknown | null =>
  number === 0 ? null : idOf(ids, number - 1, number);

/** The kernel functions whose operand `type` is that of a mapping. */
const OF_MAPPINGS: readonly string[] = [
  'fuse_iomap_check_mapping',
  'fuse_iomap_begin_validate',
  'fuse_iomap_find_dev',
];

/** What is known of a check by its number, gathered once. */
interface CheckPlan {
  check: CheckRecord['check'];
  signed: boolean;
  /** How many operands it has. */
  operands: number;
  /** Which of them are a type or op flags of a mapping, which are told as their codes: see numbering.ts. */
  typeAt: number;
  opflagsAt: number;
}
const plans: (CheckPlan | undefined)[] = [];

function planOf(number: number): CheckPlan {
  const check = checkOf(number);
  const facts = isUnknown(check) ? null : CHECK_FACTS[check];
  const operands: readonly string[] = facts?.operands ?? ALL_OPERANDS;
  const coded = facts !== null && OF_MAPPINGS.includes(facts.fn);
  return {
    check,
    signed: facts?.signed ?? false,
    operands: operands.length,
    typeAt: coded ? operands.indexOf('type') : -1,
    opflagsAt: coded ? operands.indexOf('opflags') : -1,
  };
}

export function readCheck(
  memory: DataView,
  record: number,
  numbering: Numbering = PLAIN_NUMBERING,
): CheckRecord {
  const number = memory.getUint16(record, true);
  const plan = (plans[number] ??= planOf(number));
  // A list that grows has room for more than it holds.
  const operands = new Array<bigint>(plan.operands);
  for (let i = 0; i < plan.operands; i++) {
    const at = record + 8 + i * 8;
    const value = plan.signed ? memory.getBigInt64(at, true) : memory.getBigUint64(at, true);
    if (i === plan.typeAt) operands[i] = BigInt(numbering.typeCode(Number(value)));
    else if (i === plan.opflagsAt) operands[i] = BigInt(numbering.opCode(Number(value)));
    else operands[i] = value;
  }
  return {
    check: plan.check,
    which: orNone(WHICH, memory.getUint8(record + 2)),
    result: idOf(RESULTS, memory.getUint8(record + 3)),
    operands,
  };
}

function readEvent(
  kind: Kind,
  number: number,
  after: number,
  a: bigint,
  b: bigint,
  numbering: Numbering,
): CoreEvent {
  switch (kind) {
    case Kind.GET:
      return { kind: 'get', after, serial: Number(a), refs: Number(b) };
    case Kind.PUT:
      return { kind: 'put', after, serial: Number(a), refs: Number(b) };
    case Kind.WARN:
      return { kind: 'warn', after, warn: idOf(WARN_IDS, number), a, b };
    case Kind.NOTE:
      return {
        kind: 'note',
        after,
        note: idOf(numbering.notes ?? NOTE_IDS, number) as NoteId | Unknown,
        a: signed(a),
        b: signed(b),
      };
    default:
      return { kind: 'other', after, record: idOf([], kind) };
  }
}

/** `written` and its kin: bytes, or -errno. */
const signed = (value: bigint): bigint => BigInt.asIntN(64, value);
