// SPDX-License-Identifier: MIT
import { placeText } from '../kernel/ordinal.ts';
import { grouped } from '../kernel/digits.ts';
import { checkPair } from '../link/envelope.ts';
import { decodeLink } from '../link/codec.ts';
import type { JsonValue } from '../scenario/json.ts';
import { parseDocument } from '../scenario/parse.ts';
import { canonicalValue, minifyScenario, printScenario } from '../scenario/print.ts';
import { CAPS } from '../scenario/caps.ts';
import { CardBuilder, cardStep } from './card-build.ts';
import { mended } from './card-mend.ts';
import { CardError, Tokens, cardText, unquote, type CardText, type MailLine } from './card-tokens.ts';
import { HEADS } from './card-value.ts';
import { clean } from '../kernel/clean.ts';
import { sliceScenario } from './card-slice.ts';

/** The newest card that is read here. */
export const CARD_VERSION = 1;

export type CardResult =
  | {
      ok: true;
      /** The scenario as a document, and as canonical value. */
      text: string;
      value: JsonValue;
      /** Index, in this scenario, of the step that the card is about. */
      step: number;
      /** The number that each of its steps had in the scenario that the card was made from. */
      numbers: number[];
      /** A share link in the same text: there is none, it carries the same, something else, or is damaged. */
      link: 'none' | 'agrees' | 'differs' | 'damaged';
      /** What the reader should know: an edited card, a link that carries something else. */
      notices: string[];
    }
  | { ok: false; message: string; line: number };

const NAME = 'iomap-playground';
const HEADER = /iomap-playground\s+card\s+(\d{1,4})(?:-([0-9A-Za-z]{2}))?(?![0-9A-Za-z-])/y;

/** Whether a text has a card's first words in it. */
export function hasCard(text: string): boolean {
  return text.includes(NAME) && new RegExp(HEADER.source).test(text);
}

/**
 * Reads the first text card in a mail, whatever stands around it: quote marks of any depth, wrapped or joined
 * lines, blanks at line ends. Never throws. The link in it is compared, never relied on.
 */
export function readCard(text: string): CardResult {
  if (text.length > CAPS.textChars)
    return refused(
      `At most ${grouped(CAPS.textChars)} characters are read; these are ${grouped(text.length)}.`,
      1,
    );
  const left = Math.max(MOST_TIMES * text.length, SHORT_CHARS);
  const { lines, others } = unquote(text);
  const mail: Mail = { lines, whole: cardText(lines), left };
  const read = readMail(mail);
  if (read.intact || others.length === 0 || !hasCard(text)) return read.result;
  // What was taken for a program's own quote marks may be a card that was wrapped before colons.
  for (const linesOf of others) {
    if (mail.left <= 0) break;
    const lines = linesOf();
    const other: Mail = { lines, whole: cardText(lines), left: mail.left };
    const again = readMail(other);
    if (again.intact) return again.result;
    mail.left = other.left;
  }
  return read.result;
}

function readMail(mail: Mail): Reading {
  let first: Reading | undefined;
  for (const start of headers(mail.lines)) {
    if (mail.left <= 0) break;
    const reading = readAt(mail, start);
    if (reading.result.ok) return reading;
    first ??= reading;
  }
  const none = 'There is no text card here: one begins with the words "iomap-playground card 1".';
  return first ?? { result: refused(none, 1), intact: false };
}

/** What was read, and whether the check pair says that it is what was printed. */
interface Reading {
  result: CardResult;
  intact: boolean;
}

/** How often a mail may be read in all attempts together; a short one as often as it takes. */
const MOST_TIMES = 3;
const SHORT_CHARS = 750_000;

interface Mail {
  lines: readonly MailLine[];
  whole: CardText;
  /** Characters that may still be read: without any left, there are no more attempts at a card. */
  left: number;
  /** Where the last word stands that may end a card, -1 for nowhere; looked for where it matters. */
  lastEnd?: number;
}

interface Start {
  version: number;
  sum: string | null;
  /** Where its header ends: the index of a line, and a place in that. */
  at: number;
  end: number;
  line: number;
  depth: number;
}

function headers(lines: readonly MailLine[]): Start[] {
  const starts: Start[] = [];
  // The words may be wrapped apart: each line is read together with the two after it.
  lines.forEach((own, i) => {
    if (!own.text.includes(NAME) || starts.length >= 20) return;
    const some = [own, ...lines.slice(i + 1, i + 3)].map(({ text }) => text).join('\n');
    for (
      let from = 0;
      (from = some.indexOf(NAME, from)) >= 0 && from < own.text.length;
      from += NAME.length
    ) {
      HEADER.lastIndex = from;
      const match = HEADER.exec(some);
      if (match === null) continue;
      let end = match.index + match[0].length;
      let at = i;
      while (end > lines[at]!.text.length) end -= lines[at++]!.text.length + 1;
      starts.push({
        version: Number(match[1]),
        sum: match[2] ?? null,
        at,
        end,
        line: own.line,
        depth: own.depth,
      });
    }
  });
  return starts;
}

/**
 * Reads the card with all lines and, if that fails or its check pair says otherwise, without the lines that are
 * quoted less deeply than its first: an answer was written between them. Where the pair agrees with neither,
 * with lines joined that may have been wrapped within a word: that counts only if the pair agrees with it.
 */
function readAt(mail: Mail, start: Start): Reading {
  if (start.version > CARD_VERSION) {
    const words = `This card was made by a newer playground (card ${start.version}; this one reads up to ${CARD_VERSION}).`;
    return { result: refused(words, start.line), intact: false };
  }
  const from = mail.whole.starts[start.at]!.at + start.end;
  const before = mail.left;
  const whole = attempt(start, mail, mail.whole, from);
  if (whole.intact || mail.left <= 0) return whole;
  const lines = linesBehind(mail, start);
  const deep = lines.filter(({ depth }) => depth >= start.depth);
  const same = deep.length === lines.length;
  const sawAll = before - mail.left >= mail.whole.text.length - from;
  const quoted = same || (sawAll && !mayEnd(mail, from)) ? whole : attempt(start, mail, cardText(deep));
  if (quoted.intact) return quoted;
  if (start.sum !== null)
    for (const some of [lines, ...(same ? [] : [deep])].flatMap(mended)) {
      if (mail.left <= 0) break;
      const mend = attempt(start, mail, cardText(some));
      if (mend.intact) return mend;
    }
  return quoted.result.ok && !whole.result.ok ? quoted : whole;
}

/** Whether the word that ends a card stands after a place: without it fewer lines have no end either. */
function mayEnd(mail: Mail, from: number): boolean {
  mail.lastEnd ??= mail.whole.text.lastIndexOf('answer');
  return mail.lastEnd >= from;
}

/** The lines after a header, the rest of its own line first. */
function linesBehind({ lines }: Mail, { at, end }: Start): MailLine[] {
  return [{ ...lines[at]!, text: lines[at]!.text.slice(end) }, ...lines.slice(at + 1)];
}

function attempt({ sum }: Start, mail: Mail, text: CardText, from = 0): Reading {
  const tokens = new Tokens(text, HEADS, from);
  try {
    return read(tokens, sum);
  } finally {
    mail.left -= tokens.read;
  }
}

function read(tokens: Tokens, sum: string | null): Reading {
  try {
    const { value, step, numbers, lineOf } = new CardBuilder(tokens).build();
    const text = printScenario(value);
    const { problems, scenario } = parseDocument(text);
    const problem = problems.find(({ severity }) => severity === 'error');
    if (scenario === null) {
      const words = `${place(problem?.path ?? [], numbers)}${problem?.message ?? 'This is not a scenario.'}`;
      return { result: refused(`In the card: ${words}`, lineOf(problem?.path ?? [])), intact: false };
    }
    const canonical = canonicalValue(value);
    const intact = sum !== null && sum === cardSum(canonical, step);
    const notices = intact
      ? []
      : ['The card is not as it was printed: it was edited, or a part of it was lost on the way.'];
    const { link, notice } = compareLink(tokens.rest(), canonical, numbers);
    if (notice !== null) notices.push(notice);
    return { result: { ok: true, text, value: canonical, step, numbers, link, notices }, intact };
  } catch (error) {
    if (!(error instanceof CardError)) throw error;
    return {
      result: refused(`The card can't be read: ${clean(error.message).replace(/\.$/, '')}.`, error.line),
      intact: false,
    };
  }
}

/** Two characters computed over what a card says: they tell whether any of it was lost. */
export function cardSum(scenario: JsonValue, step: number): string {
  return checkPair(`${step}.${minifyScenario(scenario)}`);
}

function compareLink(
  rest: string,
  value: JsonValue,
  numbers: readonly number[],
): { link: 'none' | 'agrees' | 'differs' | 'damaged'; notice: string | null } {
  const decoded = decodeLink(rest.slice(0, 200_000));
  if (!decoded.ok) {
    const absent = ['not-a-link', 'empty', 'too-long'].includes(decoded.error.kind);
    return absent
      ? { link: 'none', notice: null }
      : { link: 'damaged', notice: `The card was read without its link. ${decoded.error.message}` };
  }
  const same = minifyScenario(sliceScenario(decoded.state.scenario, numbers)) === minifyScenario(value);
  return same
    ? { link: 'agrees', notice: null }
    : {
        link: 'differs',
        notice: 'The link beside the card carries another scenario. What is open here is what the card says.',
      };
}

/** @param numbers of the steps, as the card gives them; a path has their places in the card */
function place(path: readonly (string | number)[], numbers: readonly number[]): string {
  if (path.length === 0) return '';
  const [list, index, ...rest] = path;
  if (list !== 'steps' || typeof index !== 'number') return `${placeText(path)}: `;
  return `${[cardStep(numbers[index]), ...(rest.length === 0 ? [] : [placeText(rest)])].join(', ')}: `;
}

function refused(message: string, line: number): CardResult {
  return { ok: false, message, line };
}
