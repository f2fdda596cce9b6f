// SPDX-License-Identifier: MIT
import { ordinal } from '../../kernel/ordinal.ts';
import type { Scenario } from '../../scenario/schema.ts';
import { readable } from '../numbers.ts';
import { byteEnd, type Claim, type Range, type XRay } from './types.ts';

/** Something on a device that deserves a mark and a sentence. */
export interface Finding {
  kind: 'past-end' | 'misaligned' | 'claimed-twice' | 'shared-write';
  device: string;
  tone: 'bad' | 'warn';
  /** Bytes of the device that it is about. */
  bytes: Range;
  text: string;
}

/** What each kind of mark is called. */
export const FINDING_WORDS: Readonly<Record<Finding['kind'], string>> = {
  'past-end': 'past the end',
  misaligned: 'misaligned',
  'claimed-twice': 'claimed twice',
  'shared-write': 'write into a shared extent',
};

const FINDINGS_TOLD = 200;

/** Everything to be said about the mappings on one device, by address. */
export function findingsOn(device: string, { claims, sharedWrites }: XRay, scenario: Scenario): Finding[] {
  const made = scenario.devices[device];
  if (made === undefined) return [];
  const own = claims.filter((claim) => claim.device === device);
  const findings: Finding[] = [];
  for (const claim of own) {
    const bytes = { start: claim.addr, end: byteEnd(claim) };
    if (bytes.end > made.size) {
      const from = bytes.start > made.size ? bytes.start : made.size;
      const over = bytes.end - from;
      findings.push({
        kind: 'past-end',
        device,
        tone: 'bad',
        bytes: { start: from, end: bytes.end },
        text:
          `${place(claim)}: ${over === bytes.end - bytes.start ? 'all' : readable(over)} of its ` +
          `${readable(bytes.end - bytes.start)} bytes lie past the end of ${device}. No check asks; ` +
          'I/O there fails with -EIO.',
      });
    }
    const lost = claim.addr % 512n;
    if (lost !== 0n) {
      findings.push({
        kind: 'misaligned',
        device,
        tone: 'warn',
        bytes,
        text:
          `${place(claim)}: addr lies ${readable(lost)} bytes into a sector. The remainder is lost, and ` +
          `I/O begins at sector ${readable(claim.addr >> 9n)} itself.`,
      });
    } else if (claim.addr % BigInt(made.logicalBlockSize) !== 0n) {
      findings.push({
        kind: 'misaligned',
        device,
        tone: 'warn',
        bytes,
        text: `${place(claim)}: addr is not on a ${made.logicalBlockSize}-byte block of ${device}.`,
      });
    }
  }
  findings.push(...claimedTwice(device, own));
  for (const { device: on, sector, sectors, sharedStep, step } of sharedWrites) {
    if (on !== device) continue;
    findings.push({
      kind: 'shared-write',
      device,
      tone: 'bad',
      bytes: { start: sector << 9n, end: (sector + sectors) << 9n },
      text:
        `Step ${ordinal(step)} wrote ${sectorsText(sector, sectors)}, which step ${ordinal(sharedStep)} was told are SHARED: ` +
        'every file that shares them sees the new bytes.',
    });
  }
  return findings
    .map((finding) => ({ ...finding, text: finding.text[0]!.toUpperCase() + finding.text.slice(1) }))
    .sort((a, b) => (a.bytes.start < b.bytes.start ? -1 : a.bytes.start > b.bytes.start ? 1 : 0))
    .slice(0, FINDINGS_TOLD);
}

/** Sectors that the current mappings assign to two ranges of files. */
function claimedTwice(device: string, own: Claim[]): Finding[] {
  const live = own.filter(({ current }) => current).sort((a, b) => (a.addr < b.addr ? -1 : 1));
  const found: Finding[] = [];
  const open: Claim[] = [];
  for (const claim of live) {
    for (let i = open.length - 1; i >= 0; i--) {
      const other = open[i]!;
      if (byteEnd(other) <= claim.addr) {
        open.splice(i, 1);
        continue;
      }
      if (sameBytes(other, claim)) continue;
      const end = byteEnd(other) < byteEnd(claim) ? byteEnd(other) : byteEnd(claim);
      const first = claim.addr >> 9n;
      found.push({
        kind: 'claimed-twice',
        device,
        tone: 'warn',
        bytes: { start: claim.addr, end },
        text:
          `${sectorsText(first, ((end + 511n) >> 9n) - first)} claimed twice: by ${place(other)} and by ` +
          `${place(claim)}. A write to one changes the other.`,
      });
      if (found.length >= FINDINGS_TOLD) return found;
    }
    open.push(claim);
  }
  return found;
}

/** Whether two mappings agree about the bytes that they have in common. */
const sameBytes = (a: Claim, b: Claim) =>
  a.inode === b.inode && a.file.start - a.addr === b.file.start - b.addr;

/** `bytes 0..4095 of a (step 3)`. */
export const place = ({ file, inode, step }: Claim) =>
  `bytes ${readable(file.start)}..${readable(file.end - 1n)} of file ${inode} (step ${ordinal(step)})`;

/** `sector 8`, `sectors 8..15`. */
export const sectorsText = (first: bigint, many: bigint) =>
  many <= 1n ? `sector ${readable(first)}` : `sectors ${readable(first)}..${readable(first + many - 1n)}`;
