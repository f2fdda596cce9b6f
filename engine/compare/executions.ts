// SPDX-License-Identifier: MIT
import { ordinal } from '../kernel/ordinal.ts';
import { told } from '../kernel/unknown.ts';
import { operandText } from '../checks/operand-text.ts';
import { factsOf } from '../checks/words.ts';
import { errnoText } from '../kernel/errno.ts';
import { nameOf, IOMAP_F, IOMAP_TYPE, FUSE_IOMAP_F, FUSE_IOMAP_TYPE } from '../kernel/names.ts';
import { typeNumber } from '../kernel/codes.ts';
import { address, count, plain } from '../checks/format.ts';
import type { CheckRecord, Execution, Io, IoCall, Request } from '../run/types.ts';
import { sameValue } from '../run/same-value.ts';
import { changeText } from '../text/changes.ts';
import { hexText } from '../text/json.ts';
import { flagText, opText } from '../text/values.ts';

/**
 * What differs between two executions of a step.
 * - `missing`: one run has no such execution
 * - `verdict`: outcome, return value, the check that decided
 * - `struct`: a field of iomap or srcmap
 * - `message`: a field of the request that was sent, or whether one was sent
 * - `path`: a check on the way that only one evaluated, or that had another result
 * - `io`: of an I/O step, what moved
 * - `change`: what it changed in the machine
 */
export interface Difference {
  kind: 'missing' | 'verdict' | 'struct' | 'message' | 'io' | 'change' | 'path';
  /** `check`, `iomap.bdev`, `message.map.addr`, `read length-zero`. */
  field: string;
  left: string;
  right: string;
}

/** What differs between two executions, the most telling first. */
export function compareExecutions(left: Execution | null, right: Execution | null): Difference[] {
  if (left === null || right === null) {
    const [l, r] = [left, right].map((one) => (one === null ? 'not run' : verdictText(one)));
    return left === right ? [] : [{ kind: 'missing', field: 'execution', left: l!, right: r! }];
  }
  const found = [
    ...calls(left, right),
    ...ios(left.io, right.io),
    ...differing('change', 'changed', changesText(left), changesText(right)),
  ];
  return found.sort((a, b) => rankOf(a) - rankOf(b));
}

const RANK: readonly Difference['kind'][] = [
  'verdict',
  'missing',
  'struct',
  'message',
  'io',
  'change',
  'path',
];

/** How telling a difference is: the lower, the more. A path alone is not a difference in what the kernel did. */
export const rankOf = ({ kind }: Difference): number => RANK.indexOf(kind);

/** A step, or one call on the way of an I/O step. */
type Asked = Omit<IoCall, 'do'>;

function calls(left: Asked, right: Asked): Difference[] {
  return [
    ...differing('verdict', 'verdict', verdictText(left), verdictText(right)),
    ...structs('struct', 'iomap', left.iomap, right.iomap, iomapField),
    ...structs('struct', 'srcmap', left.srcmap, right.srcmap, iomapField),
    ...messages(left.request, right.request),
    ...paths(left.path, right.path),
  ];
}

function ios(left: Io | null, right: Io | null): Difference[] {
  if (left === null || right === null || left === right) return [];
  const found: Difference[] = [];
  for (let i = 0; i < Math.max(left.calls.length, right.calls.length); i++) {
    const [l, r] = [left.calls[i], right.calls[i]];
    const place = `call ${ordinal(i)} `;
    if (l !== undefined && r !== undefined && l.do === r.do) {
      found.push(...calls(l, r).map((one) => ({ ...one, field: place + one.field })));
    } else
      found.push({ kind: 'missing', field: place + 'made', left: l?.do ?? 'none', right: r?.do ?? 'none' });
  }
  const { calls: _, ...l } = left;
  const { calls: __, ...r } = right;
  for (const field of Object.keys(l) as (keyof typeof l)[]) {
    if (IN_VERDICT.has(field) || sameValue(l[field], r[field])) continue;
    found.push({ kind: 'io', field, left: ioText(l[field]), right: ioText(r[field]) });
  }
  return found;
}

function ioText(value: Omit<Io, 'calls'>[keyof Omit<Io, 'calls'>]): string {
  if (value instanceof Uint8Array) return `${value.length} bytes: ${hexText(value.subarray(0, 8))}…`;
  return Array.isArray(value)
    ? `${value.length} of them`
    : typeof value === 'bigint'
      ? plain(value)
      : `${value ?? 'none'}`;
}

/**
 * A verdict in a few words: `refused by dev-missing (read) -EFSCORRUPTED`, `ok 1`, `ok, 3 extents`, `waiting`. What a
 * fiemap counted and the block of a bmap stand in it, since both return 0 for whatever they find.
 */
export function verdictText({
  outcome,
  ret,
  decided,
  io = null,
}: Pick<Asked, 'outcome' | 'ret' | 'decided'> & { io?: Found | null }): string {
  const by =
    decided === null
      ? ''
      : ` by ${told('check', decided.check)}${decided.which === null ? '' : ` (${told('mapping', decided.which)})`}`;
  const returned = ret === null ? '' : ` ${errnoText(ret)}`;
  return outcome === 'ok' && ret === 0n ? `ok${foundText(io)}` : `${outcome}${by}${returned}`;
}

type Found = Pick<Io, 'mappedExtents' | 'block'>;

function foundText(io: Found | null): string {
  if (io === null) return '';
  const extents = io.mappedExtents === null ? '' : `, ${count(io.mappedExtents, 'extent')}`;
  return io.block === null ? extents : `${extents}, block ${plain(io.block)}`;
}

/** What verdictText() tells of an I/O step, so that it is not told twice. */
const IN_VERDICT: ReadonlySet<string> = new Set<keyof Found>(['mappedExtents', 'block']);

function differing(kind: Difference['kind'], field: string, left: string, right: string): Difference[] {
  return left === right ? [] : [{ kind, field, left, right }];
}

function structs<T extends object>(
  kind: Difference['kind'],
  name: string,
  left: T | null,
  right: T | null,
  write: (field: string, value: unknown) => string,
): Difference[] {
  if (left === null || right === null) {
    const text = (one: T | null) =>
      one === null
        ? 'untouched'
        : Object.entries(one)
            .map(([field, value]) => `${field} ${write(field, value)}`)
            .join(', ');
    return differing(kind, name, text(left), text(right));
  }
  return Object.keys(left).flatMap((field) => {
    const [l, r] = [left, right].map((one) => write(field, (one as Record<string, unknown>)[field]));
    return differing(kind, `${name}.${field}`, l!, r!);
  });
}

function iomapField(field: string, value: unknown): string {
  if (field === 'type') return nameOf(IOMAP_TYPE, Number(value)) ?? String(value);
  if (field === 'flags') return flagText(IOMAP_F, Number(value));
  return plainField(field, value);
}

function wireField(field: string, value: unknown): string {
  if (field === 'type') return nameOf(FUSE_IOMAP_TYPE, Number(value)) ?? String(typeNumber(Number(value)));
  if (field === 'flags') return flagText(FUSE_IOMAP_F, Number(value));
  return plainField(field, value);
}

function plainField(field: string, value: unknown): string {
  if (field === 'opflags') return opText(Number(value));
  if (field === 'written' && typeof value === 'bigint') return errnoText(value);
  if (field === 'addr' && typeof value === 'bigint') return address(value);
  if (typeof value === 'bigint') return plain(value);
  return value === null ? 'NULL' : String(value);
}

/** In place of a request, where none was sent. */
export const NOTHING_SENT = 'nothing sent';

/** The fields of a request that say something about the kernel; `unique` counts requests, `bytes` repeats all. */
function messages(left: Request | null, right: Request | null): Difference[] {
  if (left === null || right === null) {
    const text = (one: Request | null) => (one === null ? NOTHING_SENT : `${one.name} sent`);
    return differing('message', 'message', text(left), text(right));
  }
  const scalars = ({ name, nodeid, opflags, attr_ino, pos, count, written }: Request) => ({
    name,
    nodeid,
    opflags,
    attr_ino,
    pos,
    count,
    written,
  });
  return [
    ...structs('message', 'message', scalars(left), scalars(right), plainField),
    ...structs('message', 'message.map', left.map, right.map, wireField),
  ];
}

/** Checks are matched by name, mapping and place among their equals: a call may evaluate one twice. */
function paths(left: readonly CheckRecord[], right: readonly CheckRecord[]): Difference[] {
  const [l, r] = [byName(left), byName(right)];
  return [...new Set([...l.keys(), ...r.keys()])].flatMap((field) => {
    const [a, b] = [l.get(field), r.get(field)];
    if (sameValue(a, b)) return [];
    const name = field.replace(/ #1$/, '');
    return [{ kind: 'path' as const, field: name, left: recordText(a), right: recordText(b) }];
  });
}

/** A call may evaluate a check more than once: `name #n`, so that the n-th of one side matches the n-th of the other. */
export function byName(path: readonly CheckRecord[]): Map<string, CheckRecord> {
  const records = new Map<string, CheckRecord>();
  for (const record of path) {
    const name = `${record.which === null ? '' : `${record.which} `}${record.check}`;
    let nth = 1;
    while (records.has(`${name} #${nth}`)) nth++;
    records.set(`${name} #${nth}`, record);
  }
  return records;
}

function recordText(record: CheckRecord | undefined): string {
  if (record === undefined) return 'not evaluated';
  const names = factsOf(record.check).operands;
  const values = record.operands.map((value, i) => operandText(record.check, names[i] ?? '', value));
  return [record.result, ...(values.length === 0 ? [] : [`(${values.join(', ')})`])].join(' ');
}

const changesText = ({ changes }: Execution): string =>
  changes.map((change) => changeText(change, '->')).join('; ') || 'nothing';
