// SPDX-License-Identifier: MIT
/**
 * What each sentence about I/O claims, as a predicate on the I/O that was run with the same reply. A sentence
 * without a row here doesn't compile, and fails the test that looks it up.
 */
import type { Consequence, ConsequenceId } from '#engine/checks/consequences.ts';
import type { MappingSentence, Said } from '#engine/checks/explain-mapping.ts';
import { IOMAP_F } from '#engine/kernel/names.ts';
import type { BioEvent, Execution, Iomap } from '#engine/run/types.ts';

/** What was run. */
export interface Ran {
  map: Iomap;
  source: Iomap | null;
  pos: bigint;
  lengthBytes: bigint;
  sizeBytes: bigint;
  direct: boolean;
  io: Execution;
  /** The fsync after a buffered write. */
  synced: Execution | null;
  /** One byte at the same position, and the last block of the mapping. */
  oneByte: () => Execution;
  lastBlock: () => Execution[];
  /** Bytes of the block around the position as the new mapping gave them before and after; null if it can't be read. */
  before: Uint8Array | null;
  after: Uint8Array | null;
}

type Claim<S> = (ran: Ran, said: S) => boolean;

const failed = ({ outcome }: Execution) => outcome !== 'ok';
const bios = (one: Execution | null) =>
  (one?.io?.events ?? []).filter((event): event is BioEvent => event.kind === 'bio');
const reads = (ran: Ran) => bios(ran.io).filter(({ op }) => op === 'read');
const writes = (ran: Ran) => [...bios(ran.io), ...bios(ran.synced)].filter(({ op }) => op === 'write');
const sectorAt = (map: Iomap, pos: bigint) => BigInt.asUintN(64, map.addr + pos - map.offset) >> 9n;
const at = (map: Iomap) => (bio: BioEvent) =>
  bio.device === map.bdev &&
  ((map.flags & IOMAP_F.ANON_WRITE) !== 0 || bio.sector === sectorAt(map, bio.pos));
const covers = (pos: bigint) => (bio: BioEvent) => bio.pos <= pos && pos < bio.pos + bio.lengthBytes;
const fine = (ran: Ran) => !failed(ran.io) && (ran.synced === null || !failed(ran.synced));

/** All that is written goes where the mapping says; all of it went, if nothing failed. */
const goesToMap: Claim<Said> = (ran) =>
  writes(ran).every(at(ran.map)) && (!fine(ran) || writes(ran).some(covers(ran.pos)));
const writesNothing: Claim<Said> = (ran) => writes(ran).length === 0;
const readsZeros: Claim<Said> = (ran) =>
  reads(ran).length === 0 && (failed(ran.io) || (ran.io.io?.data ?? []).every((byte) => byte === 0));

/** Part of a block that the file has lies beside what is written. */
const leavesRest = ({ pos, lengthBytes, sizeBytes }: Ran) =>
  pos % 4096n !== 0n || ((pos + lengthBytes) % 4096n !== 0n && pos + lengthBytes < sizeBytes);

/** What of the block beside the write is in the file and was written by nobody, or with zeros. */
function beside(ran: Ran, wanted: 'nobody' | 'zeros'): { many: bigint; kept: boolean } {
  const start = ran.pos - (ran.pos % 4096n);
  const end = ran.pos + ran.lengthBytes;
  const size = ran.sizeBytes > end ? ran.sizeBytes : end;
  let many = 0n;
  let kept = true;
  for (let pos = start; pos < size && pos < ((end + 4095n) & ~4095n); pos++) {
    if (pos >= ran.pos && pos < end) continue;
    const writer = writes(ran).find(covers(pos));
    if ((wanted === 'nobody') !== (writer === undefined)) continue;
    many++;
    const i = Number(pos - start);
    if (ran.after === null || ran.before === null) continue;
    if (ran.after[i] !== (wanted === 'zeros' ? 0 : ran.before[i])) kept = false;
  }
  return { many, kept };
}
const tells = (text: string, many: bigint) => text.includes(`: ${many} byte`);

export const MAPPING_CLAIMS: Record<MappingSentence, Claim<Said>> = {
  asked: () => false,
  'direct-elsewhere': (ran, said) => reads(ran).length === 0 && goesToMap(ran, said),
  'direct-nowhere': (ran) => failed(ran.io) && writes(ran).length === 0,
  elsewhere: (ran, { text }) =>
    reads(ran).every(at(ran.source!)) &&
    (!text.includes('is zeros') || reads(ran).length === 0) &&
    (!text.includes('it reads from') || failed(ran.io) || !leavesRest(ran) || reads(ran).length > 0) &&
    (text.includes('to no device') ? writes(ran).length === 0 : writes(ran).every(at(ran.map))) &&
    (!fine(ran) || text.includes('to no device') || writes(ran).some(covers(ran.pos))),
  'elsewhere-over-hole': (ran, said) =>
    said.text.includes('to no device') ? writesNothing(ran, said) : goesToMap(ran, said),
  'no-zeroing': (ran) => bios(ran.io).length === 0 && writes(ran).length === 0,
  'no-unsharing': (ran) => bios(ran.io).length === 0 && writes(ran).length === 0,
  unsharing: (ran, { text }) =>
    (text.includes('is zeros') ? reads(ran).length === 0 : failed(ran.io) || reads(ran).length > 0) &&
    reads(ran).every(at(ran.source!)) &&
    (text.includes('to no device') ? writes(ran).length === 0 : writes(ran).every(at(ran.map))),
  'write-in-place': goesToMap,
  'write-unwritten': goesToMap,
  'write-nowhere': writesNothing,
  'read-place': (ran) =>
    reads(ran).every(at(ran.map)) && (failed(ran.io) || reads(ran).some(covers(ran.pos))),
  'read-new': readsZeros,
  'read-zeros': readsZeros,
  'read-nowhere': (ran) => reads(ran).length === 0,
  'answers-all': ({ io, pos, lengthBytes }) =>
    io.io!.calls.every(({ do: what, request }) => what !== 'iomap_begin' || request!.pos < pos + lengthBytes),
  'answers-part': (ran, { text }) => {
    const next = ran.pos + BigInt(/for ([\d,]+) of/.exec(text)![1]!.replaceAll(',', ''));
    return (
      failed(ran.io) ||
      ran.io.io!.calls.some((call) => call.do === 'iomap_begin' && call.request?.pos === next)
    );
  },
  'answers-nothing': (ran) => bios(ran.io).length === 0,
};

export const CONSEQUENCE_CLAIMS: Record<ConsequenceId, Claim<Consequence>> = {
  oops: (ran) => ran.io.outcome === 'oops' || ran.synced?.outcome === 'oops',
  fails: (ran, { error }) => Number(ran.io.ret) === error,
  short: (ran, { text }) => ran.io.ret! < ran.lengthBytes && text.includes(` return ${ran.io.ret} of `),
  // Of a call within a step: it has a test of its own.
  'step-fault': () => false,
  'writeback-delalloc': (ran) => ran.synced !== null && failed(ran.synced),
  'writeback-fails': (ran) => ran.synced !== null && failed(ran.synced),
  'writeback-lost': (ran) =>
    ran.synced!.io!.events.some((event) => event.kind === 'bytes' && event.origin === 'not-written'),
  'past-device': (ran) =>
    ran
      .lastBlock()
      .flatMap(bios)
      .some(({ error }) => error === -5),
  stale: (ran, { text }) =>
    bios(ran.oneByte()).some(
      (bio) =>
        bio.op === 'read' &&
        at(ran.map)(bio) &&
        text.includes(`${bio.lengthBytes} bytes at sector ${bio.sector} of ${bio.device}`),
    ),
  uncopied: (ran, { text }) => {
    const { many, kept } = beside(ran, 'nobody');
    return tells(text, many) && kept && reads(ran).length === 0 && !noise(ran);
  },
  'old-rest-zeroed': (ran, { text }) => {
    const { many, kept } = beside(ran, 'zeros');
    return tells(text, many) && kept && reads(ran).length === 0 && !noise(ran);
  },
  'zeros-around': (ran, { text }) => {
    const zeros = bios(ran.io).filter(({ payload }) => payload === 'zeros');
    return text.includes(` ${zeros.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0n)} bytes of zeros`);
  },
  // It takes two files: a test of its own.
  'other-file': () => false,
  undefined: () => false,
  dropped: (ran) => [...reads(ran), ...writes(ran)].some((bio) => unlike(ran, bio)),
  'read-only': (ran) =>
    writes(ran).length > 0 &&
    [ran.io, ran.synced].some((one) =>
      one?.io?.events.some((event) => event.kind === 'warn' && event.warn === 'bio-read-only'),
    ),
};

/** The kernel said something. */
const noise = (ran: Ran) =>
  ran.io.io!.events.some((event) => event.kind === 'warn' && event.warn !== 'bio-read-only');

/** The request is not at the very byte that a mapping names. */
const unlike = ({ map, source }: Ran, bio: BioEvent) =>
  [map, source].some(
    (one) => one?.bdev === bio.device && one.addr + bio.pos - one.offset !== bio.sector << 9n,
  );

/** A direct write beside which something of an old block is left, that nobody copies. */
export const leavesSome = (ran: Ran): boolean =>
  ran.direct && ran.source !== null && !failed(ran.io) && beside(ran, 'nobody').many > 0n;
