// SPDX-License-Identifier: MIT
/**
 * Finds a share link in what a reader pasted: a bare hash, a whole address, or either from a mail or chat that
 * wrapped, quoted, encoded or decorated it. It knows the envelope only, not the contents.
 */

import { PAIR_CHARS, isPayloadChar } from './envelope.ts';

/** The outside of a link, as far as it arrived. */
export interface Candidate {
  version: number;
  /** What the head says, in characters of payload. */
  payloadChars: number;
  /** `1.418.`, as in the check. */
  head: string;
  /** Payload and pair, cleaned, at most as long as the head says. */
  body: string;
  /**
   * `whole`: as long as the head says. `longer`: letters or digits follow without a gap. `cut`: it ends too
   * early. `foreign`: before its end comes a character that no link has.
   */
  state: 'whole' | 'longer' | 'cut' | 'foreign';
}

export interface Search {
  candidates: Candidate[];
  /** Characters of a link whose text ends within its head; 0 if there is none. */
  cutHeadChars: number;
  /** Something begins like a link, and does not continue like one. */
  brokenHead: boolean;
}

/** Heads that are looked at: a mail may well hold `#1.2.3` before the link. */
const MAX_CANDIDATES = 8;
const MAX_DIGITS = 7;

/** Undoes what transport did to the text. A line break, with the quote marks after it, becomes one `\n`. */
export function cleaned(text: string): string {
  const plain = CHANGED.test(text) ? withoutTransport(text) : text;
  return plain.replace(/^[\s<>"'`([{\u2018\u201c\u00ab]+/, '').trimEnd();
}

/** What transport may have changed has one of these in it: a cheap test before three walks. */
const CHANGED = /[%\r\n\u00ad\u200b-\u200d\u2060\ufeff]/;

function withoutTransport(text: string): string {
  let plain = text;
  for (let layer = 0; layer < 2 && plain.includes('%'); layer++)
    plain = plain.replace(/%([0-7][0-9A-Fa-f])/g, (_, digits: string) =>
      String.fromCharCode(parseInt(digits, 16)),
    );
  return plain
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/(?:\r\n?|\n)[ \t]*(?:>[> \t]*)?/g, '\n');
}

/** Looks for links in cleaned text: at its beginning, and after every `#`. */
export function findLinks(text: string): Search {
  const search: Search = { candidates: [], cutHeadChars: 0, brokenHead: false };
  for (let at = 0; at >= 0 && search.candidates.length < MAX_CANDIDATES;) {
    if (text[at] === '#') at++;
    const head = readHead(text, at);
    if (head === 'cut') search.cutHeadChars ||= digitsAndDots(text.slice(at));
    else if (head === 'broken') search.brokenHead = true;
    else if (head !== null) search.candidates.push(readBody(text, head));
    at = text.indexOf('#', at);
  }
  return search;
}

function digitsAndDots(text: string): number {
  return text.replace(/[^0-9.]/g, '').length;
}

interface Head {
  version: number;
  payloadChars: number;
  head: string;
  /** Where the body begins. */
  at: number;
}

/** Characters that transport puts between those of a link: blanks, line breaks, the `=` of a soft break. */
function isGap(text: string, at: number): boolean {
  const char = text.charAt(at);
  if (char === '\n') return text[at + 1] !== '\n';
  return char === ' ' || char === '\t' || char === '=';
}

/** null: this is not the head of a link. broken: it begins like one. cut: the text ends within it. */
function readHead(text: string, start: number): Head | 'cut' | 'broken' | null {
  const numbers: string[] = [];
  let digits = '';
  for (let at = start; ; at++) {
    const char = text.charAt(at);
    if (char >= '0' && char <= '9' && digits.length < MAX_DIGITS) {
      digits += char;
    } else if (char === '.' && digits !== '' && !digits.startsWith('0')) {
      if (numbers.push(digits) === 2) {
        const [version, payloadChars] = numbers;
        return {
          version: Number(version),
          payloadChars: Number(payloadChars),
          head: `${version}.${payloadChars}.`,
          at: at + 1,
        };
      }
      digits = '';
    } else if (at >= text.length || isDecorationToTheEnd(text, at)) {
      return numbers.length + digits.length > 0 ? 'cut' : null;
    } else if (!isGap(text, at)) {
      return numbers.length > 0 ? 'broken' : null;
    }
  }
}

function readBody(text: string, { version, payloadChars, head, at: start }: Head): Candidate {
  const wanted = payloadChars + PAIR_CHARS;
  const found = { version, payloadChars, head };
  let body = '';
  let at = start;
  for (; body.length < wanted && at < text.length; at++) {
    const char = text.charAt(at);
    if (isPayloadChar(char)) body += char;
    else if (!isGap(text, at)) return { ...found, body, state: endsAt(text, at) ? 'cut' : 'foreign' };
  }
  if (body.length < wanted) return { ...found, body, state: 'cut' };
  // A link ends in a letter or digit, so that - and _ after it are markup around it.
  return { ...found, body, state: /^[-_]*[A-Za-z0-9]/.test(text.slice(at, at + 80)) ? 'longer' : 'whole' };
}

/** Whether the link is over at a foreign character: punctuation, then a blank or the end. */
function endsAt(text: string, start: number): boolean {
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (/\s/.test(char)) return true;
    if (isPayloadChar(char)) return false;
  }
  return true;
}

function isDecorationToTheEnd(text: string, at: number): boolean {
  return text.length - at <= 8 && !/[A-Za-z0-9]/.test(text.slice(at)) && text[at] !== '.';
}
