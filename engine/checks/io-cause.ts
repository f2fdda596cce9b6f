// SPDX-License-Identifier: MIT
/** Why I/O on a mapping failed, from what the core recorded, in words that name the mapping's part in it. */

import { isUnknown, unknownWords } from '../kernel/unknown.ts';
import { IOMAP_F } from '../kernel/names.ts';
import type { IoEvent, Iomap, WarnEvent } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { count, deviceName, num } from './format.ts';
import { opWords } from './io-words.ts';
import { warnSentence } from './warn-words.ts';

export interface Cause {
  /** The end of a sentence: `the mapping runs 4096 bytes past the end of vda`. */
  text: string;
  /** The kernel prints a WARN, which the sentence mentions. */
  warned: boolean;
  /** The device itself failed, as the scenario asks. */
  fault: boolean;
  /** It concerns direct I/O only. */
  direct: boolean;
}

interface Mappings {
  map: Iomap;
  source: Iomap | null;
  pos: bigint;
  scenario: Scenario;
}

/** The first thing that went wrong; null if nothing did. */
export function causeOf(events: readonly IoEvent[], about: Mappings): Cause | null {
  for (const event of events) {
    const text = event.kind === 'bio' ? null : eventCause(event, about);
    if (text !== null) {
      const warn = event.kind === 'warn' ? event.warn : null;
      const direct = warn === null || warn.startsWith('dio-');
      return { text, warned: warn !== null && WARNS.has(warn), fault: false, direct };
    }
    if (event.kind !== 'bio' || event.error === 0) continue;
    // A warning beside it says why the block layer refused it.
    const warning = events.find((one) => one.kind === 'warn' && /^bio-(end|unaligned)/.test(one.warn));
    if (warning !== undefined) continue;
    return {
      text: `${event.device} fails a ${opWords(event.op)} of ${count(event.lengthBytes, 'byte')} at sector ${num(event.sector)}`,
      warned: false,
      fault: true,
      direct: false,
    };
  }
  return null;
}

/** Those that a sentence about the failure mentions. */
const WARNS: ReadonlySet<WarnEvent['warn']> = new Set(['dio-hole-write', 'dio-inline']);

function eventCause(event: Exclude<IoEvent, { kind: 'bio' }>, about: Mappings): string | null {
  // A record without a name here cannot be said to be the cause.
  if (event.kind === 'bytes' || event.kind === 'other') return null;
  if (event.kind === 'note') {
    const { note, a, b } = event;
    if (isUnknown(note)) return unknownWords('reason', note);
    if (note === 'dio-torn') return `ATOMIC_BIO, and the mapping has ${num(a)} of its ${count(b, 'byte')}`;
    if (note === 'dio-fell-back') return null;
    if (note === 'bio-not-atomic')
      return 'ATOMIC_BIO asks for an atomic request, which the device does not have';
    const what = a === about.pos ? `position ${num(a)}` : `the length of ${count(a, 'byte')}`;
    return `${what} is not a multiple of ${num(b)}`;
  }
  switch (event.warn) {
    case 'bio-read-only':
      return null;
    case 'bio-end-of-device':
      return pastTheEnd(event, about);
    case 'bio-unaligned': {
      const name = deviceName(event.a, about.scenario);
      const block = BigInt(about.scenario.devices[name]?.logicalBlockSize ?? 512);
      const begins = ((event.b << 9n) & (block - 1n)) !== 0n;
      return `it ${begins ? 'begins' : 'ends'} within a ${num(block)}-byte block of ${name}`;
    }
    case 'dio-hole-write':
      return 'a HOLE has no blocks to write to';
    case 'dio-delalloc':
      return 'DELALLOC has no blocks yet';
    case 'dio-inline':
      return 'no inline data is set up';
    default:
      return warnSentence(event, about.scenario).replace(/\.$/, '');
  }
}

function pastTheEnd(event: WarnEvent, about: Mappings): string {
  const over = overrun(event, about, about.scenario);
  if (over === null) return 'ANON_WRITE has no sector, so it is past any end';
  return `the mapping runs ${count(over.lengthBytes, 'byte')} past the end of ${over.device}`;
}

/**
 * By how much the mapping of a bio runs past the end of its device, and its first sector there; null for one without an
 * address.
 */
export function overrun(
  event: WarnEvent,
  { map, source }: Pick<Mappings, 'map' | 'source'>,
  scenario: Scenario,
): { device: string; lengthBytes: bigint; sector: bigint } | null {
  const device = deviceName(event.a, scenario);
  const size = scenario.devices[device]?.size ?? 0n;
  for (const one of [map, source]) {
    if (one === null || one.bdev !== device || (one.flags & IOMAP_F.ANON_WRITE) !== 0) continue;
    const lengthBytes = one.addr + one.length - size;
    const from = one.addr > size ? one.addr : size;
    if (lengthBytes > 0n) return { device, lengthBytes, sector: from >> 9n };
  }
  return null;
}
