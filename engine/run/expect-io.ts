// SPDX-License-Identifier: MIT
import type { Expectation } from '../scenario/schema.ts';
import { crc32 } from './crc32.ts';
import { compare, type Found } from './expect-compare.ts';
import type { BioEvent, Execution, FiemapExtent, IoCall, Request } from './types.ts';

/** What expectations of an I/O step may look at besides its execution. */
export interface ObservedBytes {
  /** All the bytes of a pread; null if the step was none. */
  data: Uint8Array | null;
  /** Bytes of a device after the step. */
  peek: (device: string, at: bigint, lengthBytes: number) => Uint8Array;
  /** Bytes that a device had from the start. */
  initial: (device: string, at: bigint, lengthBytes: number) => Uint8Array;
}

type Data = NonNullable<Expectation['data']>;
type Pieces = Extract<Data, readonly unknown[]>;
type Bytes = Exclude<Data, Pieces> | Pieces[number] | NonNullable<Expectation['contents']>[string][number];

/** Compares what `expect` says of an I/O step's bytes, requests, sizes and extents. */
export function compareIo(
  expected: Expectation,
  { io, changes }: Execution,
  observed: ObservedBytes,
  found: Found,
): void {
  const { data, requests, bios, contents, size, diskSize, extents, mappedExtents, block } = expected;
  if (Array.isArray(data)) pieces(['data'], data, observed.data, observed, found);
  else if (data !== undefined) bytes(['data'], data, observed.data, observed, found);
  for (const [device, parts] of Object.entries(contents ?? {})) {
    for (const [i, part] of parts.entries()) {
      const lengthBytes = 'hex' in part ? part.hex.length : part.length;
      bytes(['contents', device, i], part, observed.peek(device, part.at, lengthBytes), observed, found);
    }
  }
  const sent = io?.calls.flatMap((call) =>
    call.request === null ? [] : [requestFields(call, call.request)],
  );
  counted(['requests'], requests, sent ?? null, found);
  if (typeof bios === 'number') compare(['bios'], bios, biosOf(io, changes), found);
  else {
    const reached = io?.events.filter((event): event is BioEvent => event.kind === 'bio').map(bioFields);
    counted(['bios'], bios, reached ?? null, found);
  }
  counted(['extents'], extents, io?.extents?.map(extentFields) ?? null, found);
  compare(['mappedExtents'], mappedExtents, io?.mappedExtents ?? null, found);
  compare(['block'], block, io?.block ?? null, found);
  compare(['size'], size, io?.sizeBytes ?? null, found);
  compare(['diskSize'], diskSize, io?.diskSizeBytes ?? null, found);
}

/** How many requests the server got; null for a step without I/O. */
export const requestsOf = (io: Execution['io']): number | null =>
  io?.calls.filter(({ request }) => request !== null).length ?? null;

/** How many requests the devices got, also of a step that did more than is kept. */
export function biosOf(io: Execution['io'], changes: Execution['changes']): number | null {
  if (io === null) return null;
  if (io.eventsLeftOut === 0) return io.events.filter(({ kind }) => kind === 'bio').length;
  return changes.reduce((sum, change) => sum + (change.kind === 'device' ? change.bios : 0), 0);
}

/** Compares a count, or a list of items, each by the fields that are given. */
function counted(
  path: (string | number)[],
  expected: number | readonly object[] | undefined,
  actual: readonly object[] | null,
  found: Found,
): void {
  if (expected === undefined) return;
  const many = typeof expected === 'number' ? expected : expected.length;
  if (actual === null || many !== actual.length || typeof expected === 'number') {
    return compare(
      [...path, ...(typeof expected === 'number' ? [] : ['length'])],
      many,
      actual?.length ?? null,
      found,
    );
  }
  for (const [i, item] of expected.entries()) compare([...path, i], item, actual[i], found);
}

function requestFields({ decided, iomap, srcmap }: IoCall, request: Request): object {
  const { flags: ioendflags, error } = request.ioend ?? {};
  const answer = { check: decided?.check ?? null, which: decided?.which ?? null, iomap, srcmap };
  return { ...request, ioendflags, error, answer };
}

function bioFields({ op, device, sector, lengthBytes, error }: BioEvent): object {
  return { op, device, sector, length: lengthBytes, error };
}

function extentFields({ logical, physical, lengthBytes, flags }: FiemapExtent): object {
  return { logical, physical, length: lengthBytes, flags };
}

function bytes(
  path: (string | number)[],
  expected: Bytes,
  actual: Uint8Array | null,
  observed: ObservedBytes,
  found: Found,
): void {
  found.looked++;
  const miss = (wanted: string, got: string) => found.unmet.push({ path, expected: wanted, actual: got });
  if (actual === null) return void miss('bytes', 'nothing');
  if ('crc32' in expected) {
    const sum = crc32(actual);
    if (sum !== expected.crc32) miss(`crc32 ${hex32(expected.crc32)}`, `crc32 ${hex32(sum)}`);
    return;
  }
  const wanted = wantedBytes(expected, 'length' in expected ? expected.length : actual.length, observed);
  if (wanted.length !== actual.length) {
    return void miss(count(wanted.length), count(actual.length));
  }
  const at = actual.findIndex((byte, i) => byte !== wanted[i]);
  if (at >= 0) miss(`${head(wanted, at)} at byte ${at}`, `${head(actual, at)} there`);
}

/** Compares bytes with pieces that stand one after the other and are all of them. */
function pieces(
  path: (string | number)[],
  expected: Pieces,
  actual: Uint8Array | null,
  observed: ObservedBytes,
  found: Found,
): void {
  let at = 0;
  for (const [i, piece] of expected.entries()) {
    const end = at + ('hex' in piece ? piece.hex.length : piece.length);
    bytes([...path, i], piece, actual?.subarray(at, end) ?? null, observed, found);
    at = end;
  }
  found.looked++;
  if (actual !== null && actual.length === at) return;
  found.unmet.push({
    path: [...path, 'length'],
    expected: count(at),
    actual: actual === null ? 'nothing' : count(actual.length),
  });
}

function wantedBytes(
  expected: Exclude<Bytes, { crc32: number }>,
  lengthBytes: number,
  observed: ObservedBytes,
): Uint8Array {
  if ('hex' in expected) return expected.hex;
  if ('fill' in expected) return new Uint8Array(lengthBytes).fill(expected.fill);
  return observed.initial(expected.device, expected.sector << 9n, lengthBytes);
}

const count = (bytes: number) => `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
const hex32 = (value: number) => `0x${value.toString(16).padStart(8, '0')}`;

/** Up to eight bytes from one that differs. */
function head(bytes: Uint8Array, at: number): string {
  return Array.from(bytes.subarray(at, at + 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
