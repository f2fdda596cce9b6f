// SPDX-License-Identifier: MIT
import type { PlainLine } from '../mail/quotes.ts';
import { quotationEnd } from './quoted.ts';

/** What a system call in a trace of strace read or wrote. */
export interface Transfer {
  /** Line of the call, from 1. */
  line: number;
  /** The server reads requests and writes answers; null for a piece that does not say. */
  way: 'read' | 'write' | null;
  /** The descriptor; null for a piece that does not say. */
  fd: number | null;
  bytes: Uint8Array;
  /** How many bytes there were, as the call or its buffers say; null if they do not say. */
  whole: number | null;
  /** It is marked as cut, or has fewer bytes than it says. */
  cut: boolean;
  /** The errno of a call that failed. */
  failed?: string;
  /** It is of a dump, and not of a call. */
  dump?: true;
}

/** A call that moves bytes, after the task and the time that strace puts before it. */
const CALL =
  /^\s{0,8}(?:\[pid\s{1,8}\d{1,9}\]\s|[\d:.]{1,20}\s{1,4}){0,3}(p?readv?2?|p?writev?2?|pread64|pwrite64|sendto|recvfrom|sendmsg|recvmsg)\((?:(\d{1,6})\b)?/;
/** A piece of one. */
const PIECE = /^\s{0,8}[[{(,]{0,3}\s?\{?iov_base\s?=\s?"/;
/** ` * 16 bytes in buffer 0` of strace -e write=all, and its lines. */
const BUFFER = /^\s*\*\s+\d{1,9} bytes in buffer \d{1,6}\s*$/;
const DUMPED = /^\s*\|\s([0-9a-f]{5,8})((?:\s{1,2}[0-9a-f]{2}){1,16})\s{2,}.*\|\s*$/i;
/** The end of a call, from its last parenthesis on: what was returned. */
const RETURNED = /^\)\s{0,20}=\s{0,20}(\d{1,9})\s{0,20}(?:<[\d.]{1,20}>)?\s{0,20}$/;
/** The same of a call that failed, whose errno has its words after it. */
const FAILED =
  /\)\s{1,20}=\s{1,20}-1 (E[A-Z0-9]{1,20})(?: \([^()]{1,60}\))?\s{0,20}(?:<[\d.]{1,20}>)?\s{0,20}$/;
const FAILED_CHARS = 140;
/** Its last argument, if that is a number after a string. */
const ASKED = /",?\s{0,20}(\d{1,9})$/;
const ASKED_CHARS = 32;
/** Longer than any answer that strace prints with its escapes. */
const LONG = 300_000;

/** Whether a line is of strace, for sniffing. */
export const isSyscall = (text: string): boolean => callIn(text) !== undefined;

/** The call that a line is of; one without a name is a piece. */
interface Called {
  name: string | null;
  fd: number | null;
}

/** The call that a line is of; undefined for another line. */
function callIn(text: string): Called | undefined {
  if (text.length >= LONG) return undefined;
  const [, name, fd] = CALL.exec(text) ?? [];
  if (name === undefined) return PIECE.test(text) ? { name: null, fd: null } : undefined;
  return text.includes('"') ? { name, fd: fd === undefined ? null : Number(fd) } : undefined;
}

/** The transfers in a trace of strace, in their order. Other calls and lines are skipped. */
export function transfers(lines: readonly PlainLine[]): Transfer[] {
  const found: Transfer[] = [];
  for (let at = 0; at < lines.length; at++) {
    const { text, line } = lines[at]!;
    const call = callIn(text);
    if (call === undefined) continue;
    const said = called(text, line, call);
    const { bytes, end } = dumpedAfter(lines, at + 1);
    at = end - 1;
    if (bytes === null) found.push(said);
    else found.push({ ...said, bytes, cut: bytes.length < (said.whole ?? 0) });
  }
  return found;
}

function called(text: string, line: number, { name, fd }: Called): Transfer {
  const { bytes, marked, between } = stringsIn(text);
  const end = text.lastIndexOf(')');
  const returned = RETURNED.exec(text.slice(Math.max(end, 0)))?.[1];
  const way = name === null ? null : /read|recv/.test(name) ? 'read' : 'write';
  const whole =
    returned !== undefined
      ? Number(returned)
      : ((way === 'read' ? null : buffersIn(between)) ?? askedIn(text.slice(0, Math.max(end, 0))));
  const failed = returned === undefined ? FAILED.exec(text.slice(-FAILED_CHARS))?.[1] : undefined;
  return {
    ...{ line, way, fd, bytes, whole, cut: marked || (whole !== null && bytes.length < whole) },
    ...(failed === undefined ? {} : { failed }),
  };
}

/** How much the buffers of a call have; null if they do not say. A buffer for reading is larger than what is read. */
function buffersIn(between: string): number | null {
  const lengths = [...between.matchAll(/iov_len=(\d{1,9})/g)].map(([, digits]) => Number(digits));
  return lengths.length === 0 ? null : lengths.reduce((sum, length) => sum + length, 0);
}

function askedIn(call: string): number | null {
  const asked = ASKED.exec(call.slice(-ASKED_CHARS))?.[1];
  return asked === undefined ? null : Number(asked);
}

/** The lines of -e write=all or read=all after a call, of all its buffers. */
function dumpedAfter(lines: readonly PlainLine[], from: number): { bytes: Uint8Array | null; end: number } {
  const bytes: number[] = [];
  let at = from;
  for (; at < lines.length; at++) {
    const { text } = lines[at]!;
    if (BUFFER.test(text)) continue;
    const digits = text.length < 200 ? DUMPED.exec(text)?.[2] : undefined;
    if (digits === undefined) break;
    for (const pair of digits.match(/[0-9a-f]{2}/gi) ?? []) bytes.push(parseInt(pair, 16));
  }
  return at === from ? { bytes: null, end: from } : { bytes: Uint8Array.from(bytes), end: at };
}

const LETTERS: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, e: 27 };

/** The bytes of all strings in a line, whether one is marked as cut, and what stands outside of them. */
function stringsIn(text: string): { bytes: Uint8Array; marked: boolean; between: string } {
  const bytes: number[] = [];
  let [marked, between, from] = [false, '', 0];
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', from)) {
    between += text.slice(from, at);
    const end = quotationEnd(text, at + 1, '"');
    if (end < 0) return { bytes: Uint8Array.from(bytes), marked: true, between };
    unescaped(text.slice(at + 1, end), bytes);
    marked ||= text.startsWith('...', end + 1) || text[end + 1] === '…';
    from = end + 1;
  }
  return { bytes: Uint8Array.from(bytes), marked, between: between + text.slice(from) };
}

const ESCAPE = /\\(?:x([0-9a-f]{1,2})|([0-7]{1,3})|([^]))|([^\\])/gi;

function unescaped(literal: string, into: number[]): void {
  for (const [, hex, octal, letter, char] of literal.matchAll(ESCAPE))
    into.push(
      (hex !== undefined
        ? parseInt(hex, 16)
        : octal !== undefined
          ? parseInt(octal, 8)
          : letter !== undefined
            ? (LETTERS[letter] ?? letter.charCodeAt(0))
            : char!.charCodeAt(0)) & 0xff,
    );
}
