// SPDX-License-Identifier: MIT
import { isUnknown, told, unknownWords } from '../kernel/unknown.ts';
import { bytesText, noteSentence, opWords, originWords, otherSentence } from '../checks/io-words.ts';
import { warnSentence } from '../checks/warn-words.ts';
import { errnoText } from '../kernel/errno.ts';
import { FUSE_IOMAP_IOEND, IOMAP_TYPE, flagNames, nameOf } from '../kernel/names.ts';
import type { Execution, Io, IoCall, IoEvent, Iomap } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { WordId } from '../words/ids.ts';
import { plain } from '../checks/format.ts';
import { hex, readable } from './numbers.ts';
import { opFlagsText } from './structs.ts';

/** One line of the sequence inside an I/O step: a call of the file system's operations, or what happened between two. */
export type LoopItem = CallItem | BodyItem;

interface Common {
  /** Stable within one execution. */
  key: string;
  /** `begin 2`, `body`. */
  name: string;
  /** What the name means. */
  word: WordId | undefined;
  /** What was requested, or what was done. */
  text: string;
  /** The result; '' if there is nothing to add. */
  result: string;
  tone: 'ok' | 'bad' | 'warn' | 'plain';
  /** The failure that causes the step's result. */
  deciding: boolean;
}

export interface CallItem extends Common {
  kind: 'call';
  /** Position in `io.calls`. */
  index: number;
  call: IoCall;
}

export interface BodyItem extends Common {
  kind: 'body';
  events: IoEvent[];
}

const NAMES = {
  iomap_begin: 'begin',
  iomap_end: 'end',
  iomap_ioend: 'ioend',
  setattr: 'setattr',
  fallocate: 'fallocate',
} as const;

/** Each call by its word: a size is set as truncate has it, a range allocated as fzero has it. */
const WORDS = {
  iomap_begin: 'iomap_begin',
  iomap_end: 'iomap_end',
  iomap_ioend: 'ioend',
  setattr: 'truncate',
  fallocate: 'fzero',
} as const satisfies Record<keyof typeof NAMES, WordId>;

const callName = (call: IoCall['do']) => (isUnknown(call) ? unknownWords('call', call) : NAMES[call]);

/** The calls of an I/O step and what happened between them, in order. */
export function loopItems(execution: Execution, io: Io, scenario: Scenario): LoopItem[] {
  const items: LoopItem[] = [];
  const counted = new Map<IoCall['do'], number>();
  let at = 0;
  for (let index = 0; index <= io.calls.length; index++) {
    const from = at;
    while (at < io.events.length && io.events[at]!.after <= index) at++;
    if (at > from) items.push(bodyItem(io.events.slice(from, at), index, scenario));
    const call = io.calls[index];
    if (!call) continue;
    const ordinal = (counted.get(call.do) ?? 0) + 1;
    counted.set(call.do, ordinal);
    items.push(callItem(call, index, ordinal));
  }
  const deciding = decidingItem(execution, items);
  if (deciding) deciding.deciding = true;
  return items;
}

/** The item that made the step fail, which the verdict's words name too. Null if it did not fail. */
function decidingItem({ outcome }: Execution, items: LoopItem[]): LoopItem | null {
  if (outcome === 'oops') return items.at(-1) ?? null;
  const calls = items.filter((item) => item.kind === 'call');
  if (outcome === 'waiting') return calls.findLast(({ call }) => call.outcome === 'waiting') ?? null;
  if (outcome !== 'error') return null;
  return (
    calls.find(({ call }) => call.decided !== null) ??
    calls.find(({ call }) => call.outcome === 'error') ??
    items.find((item) => item.kind === 'body' && item.tone === 'bad') ??
    null
  );
}

/** What is shown first: the failure that decided, or else the first call. */
export function firstShown(items: LoopItem[]): LoopItem | null {
  return (
    items.find(({ deciding }) => deciding) ?? items.find(({ kind }) => kind === 'call') ?? items[0] ?? null
  );
}

function callItem(call: IoCall, index: number, ordinal: number): CallItem {
  return {
    kind: 'call',
    key: `call ${index}`,
    name: `${callName(call.do)} ${ordinal}`,
    word: isUnknown(call.do) ? undefined : WORDS[call.do],
    index,
    call,
    text: asked(call),
    result: cameOf(call),
    tone: toneOf(call),
    deciding: false,
  };
}

function toneOf({ outcome, do: step, request }: IoCall): LoopItem['tone'] {
  if (outcome === 'refused') return 'bad';
  if (outcome !== 'ok') return 'warn';
  return step !== 'iomap_begin' && request === null ? 'plain' : 'ok';
}

function asked({ request, do: step }: IoCall): string {
  if (request === null) return step === 'iomap_begin' ? 'no request' : 'not sent';
  const { pos, count, opflags, written, ioend } = request;
  if (ioend !== null) {
    const flags = flagNames(FUSE_IOMAP_IOEND, ioend.flags).join(' ') || 'no flags';
    const error = ioend.error === 0 ? '' : `, ${errnoText(ioend.error)}`;
    return `pos ${plain(pos)}, ${bytesText(written ?? 0n)}, ${flags}${error}`;
  }
  const range = `pos ${plain(pos)}, count ${plain(count)}`;
  if (step === 'iomap_end') return `${range}, written ${written ?? 0n}`;
  return opflags === 0 ? range : `${range}, ${opFlagsText(opflags)}`;
}

function cameOf(call: IoCall): string {
  const { outcome, ret, decided, iomap, srcmap, request } = call;
  if (outcome === 'refused')
    return `${errnoText(ret ?? 0n)} ${decided === null ? '' : told('check', decided.check)}`.trim();
  if (outcome === 'waiting') return 'no answer';
  if (outcome !== 'ok') return errnoText(ret ?? 0n);
  if (call.do !== 'iomap_begin') return request === null ? '' : '0';
  const to = iomap ? mappingText(iomap) : '';
  if (srcmap === null) return to;
  // A row has little room: old bytes without a type are MAPPED, and without a device they are on that of the new ones.
  const from = mappingText(srcmap).replace(/^MAPPED, /, '');
  const on = ` of ${srcmap.bdev}`;
  return `${to}, from ${srcmap.bdev === iomap?.bdev && from.endsWith(on) ? from.slice(0, -on.length) : from}`;
}

/** `MAPPED, sector 128 of vda`. */
function mappingText({ type, addr, bdev }: Iomap): string {
  const name = nameOf(IOMAP_TYPE, type) ?? hex(type);
  const placed = type === IOMAP_TYPE.MAPPED || type === IOMAP_TYPE.UNWRITTEN;
  return placed ? `${name}, sector ${readable(addr >> 9n)} of ${bdev ?? 'NULL'}` : name;
}

function bodyItem(events: IoEvent[], after: number, scenario: Scenario): BodyItem {
  const lines = bodyLines(events, scenario);
  const bad = lines.some(({ tone }) => tone === 'bad');
  return {
    kind: 'body',
    key: `body ${after}`,
    name: 'body',
    word: 'body',
    text: lines.map(({ text }) => text).join('; '),
    result: '',
    tone: bad ? 'bad' : lines.some(({ tone }) => tone === 'warn') ? 'warn' : 'plain',
    deciding: false,
    events,
  };
}

export interface BodyLine {
  text: string;
  tone: 'bad' | 'warn' | 'plain';
}

/** What happened between two calls, neighbouring device requests combined. */
export function bodyLines(events: readonly IoEvent[], scenario: Scenario): BodyLine[] {
  const lines: BodyLine[] = [];
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!;
    if (event.kind === 'warn') {
      lines.push({
        text: warnSentence(event, scenario),
        tone: event.warn === 'bio-read-only' ? 'warn' : 'bad',
      });
    } else if (event.kind === 'note') {
      lines.push({ text: noteSentence(event, scenario), tone: 'bad' });
    } else if (event.kind === 'other') {
      lines.push({ text: otherSentence(event), tone: 'warn' });
    } else if (event.kind === 'bytes') {
      const lost = event.origin === 'not-written';
      lines.push({
        text: `${bytesText(event.lengthBytes)} at ${readable(event.pos)}: ${originWords(event.origin, null, null)}`,
        tone: lost ? 'warn' : 'plain',
      });
    } else {
      let { lengthBytes } = event;
      let many = 1;
      for (let next = events[i + 1]; next?.kind === 'bio'; next = events[i + 1]) {
        const goesOn = next.op === event.op && next.device === event.device && next.error === event.error;
        if (!goesOn || next.sector !== event.sector + (lengthBytes >> 9n)) break;
        lengthBytes += next.lengthBytes;
        many++;
        i++;
      }
      // One that joined over a hole of the file, or over what was cached already.
      const { segments } = event;
      const served = segments ? ` for pos ${segments.map(({ pos }) => plain(pos)).join(' and ')}` : '';
      const failed = event.error === 0 ? '' : `: ${errnoText(event.error)}`;
      const bios = many === 1 ? '' : ` in ${many} requests`;
      lines.push({
        text:
          `${opWords(event.op)} ${bytesText(lengthBytes)} ${event.op === 'read' ? 'from' : 'to'} sector ` +
          `${readable(event.sector)} of ${event.device}${bios}${served}${failed}`,
        tone: event.error === 0 ? 'plain' : 'bad',
      });
    }
  }
  return lines;
}

/** Where a key moves from an item: along the sequence, from call to call (left, right), to an end; null: nowhere. */
export function moveItem(items: readonly LoopItem[], key: string, pressed: string): LoopItem | null {
  const at = items.findIndex((item) => item.key === key);
  switch (pressed) {
    case 'ArrowDown':
      return items[at + 1] ?? null;
    case 'ArrowUp':
      return items[at - 1] ?? null;
    case 'ArrowRight':
      return items.slice(at + 1).find(({ kind }) => kind === 'call') ?? null;
    case 'ArrowLeft':
      return items.slice(0, Math.max(0, at)).findLast(({ kind }) => kind === 'call') ?? null;
    case 'PageDown':
      return items[Math.min(items.length - 1, at + 10)] ?? null;
    case 'PageUp':
      return items[Math.max(0, at - 10)] ?? null;
    case 'Home':
      return items[0] ?? null;
    case 'End':
      return items.at(-1) ?? null;
    default:
      return null;
  }
}
