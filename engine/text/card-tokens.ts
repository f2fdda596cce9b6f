// SPDX-License-Identifier: MIT
import { markedLines, type MarkedLine } from '../mail/marks.ts';
import { usualLines, withAnyEnds } from '../mail/quote-marks.ts';
import { readJson, type JsonValue } from '../scenario/json.ts';

/** One line of a mail without its quote marks. */
export interface MailLine {
  text: string;
  /** 1-based line of the text that was given. */
  line: number;
  /** How many quote marks stood before it. */
  depth: number;
  /** How long it was with them. */
  columns: number;
}

/** Why a text is not a card, and at which line of it. */
export class CardError extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** A row's label (`step 3:` is head `step`, name `3`), or a word or value of it. */
export type Token =
  | { kind: 'label'; head: string; name: string | null; line: number }
  | { kind: 'word'; text: string; line: number }
  | { kind: 'value'; value: JsonValue; line: number };

/** Characters that no card has: invisible ones, and what programs put in place of quotation marks and hyphens. */
const CHANGED = /[\u200b-\u200d\u2060\ufeff\u00ad“”„‐‑‒–−]/g;
const USUAL = new Map([
  ...Array.from('“”„', (char) => [char, '"'] as const),
  ...Array.from('‐‑‒–−', (char) => [char, '-'] as const),
]);
const usualChar = (char: string): string => USUAL.get(char) ?? '';

/** The lines of a mail, without its quote marks. */
export interface Unquoted {
  lines: MailLine[];
  /** The lines if fewer marks count, each way: without colons, where others are left; and `>` alone. Empty if there was no other. */
  others: readonly (() => MailLine[])[];
}

/**
 * Removes quote marks of any kind (`> `, `Jane> `, `| `, `: `), line ends of any kind and invisible characters.
 */
export function unquote(text: string): Unquoted {
  const usual = usualLines(text);
  const withoutMarks = (lines: readonly MarkedLine[]): MailLine[] =>
    lines.map(({ text: raw, end, depth }, index) => {
      const own = raw.slice(end);
      return {
        text: usual.ascii ? own : own.replace(CHANGED, usualChar),
        line: index + 1,
        depth,
        columns: raw.length,
      };
    });
  const withoutColons = () => withoutMarks(withAnyEnds(usualLines(text, ':')));
  const plain = () => withoutMarks(markedLines(text));
  return {
    lines: withoutMarks(withAnyEnds(usual)),
    others: [...(usual.colons ? [withoutColons] : []), ...(usual.odd ? [plain] : [])],
  };
}

/** Lines as one text, and where each of them begins in it. */
export interface CardText {
  text: string;
  starts: readonly { at: number; line: number }[];
}

export function cardText(lines: readonly MailLine[]): CardText {
  let at = 0;
  const starts = lines.map(({ text, line }) => {
    const start = { at, line };
    at += text.length + 1;
    return start;
  });
  return { text: lines.map(({ text }) => text).join('\n'), starts };
}

/**
 * The words of a card, from a place in its lines on. Blanks and line breaks are the same; what stands in
 * parentheses is a remark.
 */
export class Tokens {
  readonly #text: string;
  readonly #starts: CardText['starts'];
  readonly #heads: ReadonlySet<string>;
  readonly #from: number;
  #at: number;
  /** Where a blank is known to be: it ended the last word. */
  #blank = -1;
  /** A word that was already looked at. */
  #known = { start: -1, end: -1 };
  #place = 0;

  /** @param from the offset in `text` of the first character that is read */
  constructor({ text, starts }: CardText, heads: ReadonlySet<string>, from = 0) {
    this.#heads = heads;
    this.#text = text;
    this.#starts = starts;
    this.#at = this.#from = from;
  }

  /** How many characters were read. */
  get read(): number {
    return this.#at - this.#from;
  }

  /** Offset of the next character to be read, and the text from there on. */
  rest(): string {
    return this.#text.slice(this.#at);
  }

  get line(): number {
    while ((this.#starts[this.#place + 1]?.at ?? Infinity) <= this.#at) this.#place++;
    return this.#starts[this.#place]?.line ?? 1;
  }

  /** The next token; undefined at the end of the text. */
  next(): Token | undefined {
    const code = this.#skipRemarks();
    const { line } = this;
    if (code === END) return undefined;
    if (code === QUOTE) return { kind: 'value', value: parsed(this.#string(), line), line };
    if (isOpening(code)) return { kind: 'value', value: parsed(this.#json(), line), line };
    const text = this.#flags();
    if (text.length > 1 && text.endsWith(':'))
      return { kind: 'label', head: text.slice(0, -1), name: null, line };
    return this.#label(text, line) ?? { kind: 'word', text, line };
  }

  /** The character at a place; END after the last. */
  #code(at: number): number {
    return at < this.#text.length ? this.#text.charCodeAt(at) : END;
  }

  /** A word, and those that continue it after a `|` at its end; the first character is known to be one of a word. */
  #flags(): string {
    const words = [this.#word()];
    while (words.at(-1)!.endsWith('|') && this.#blanks() !== END) words.push(this.#word());
    return words.length === 1 ? words[0]! : words.join('');
  }

  /** `step 3:` is a label of two words. */
  #label(head: string, line: number): Token | undefined {
    if (!this.#heads.has(head)) return undefined;
    const most = Math.min(this.#text.length, this.#at + LABEL_CHARS);
    const start = this.#skip(this.#at, most, isSpace);
    const end = this.#skip(start, most, isNameChar);
    const after = end + 1 < most ? this.#code(end + 1) : END;
    const is = start > this.#at && end > start && end < most && this.#code(end) === COLON;
    if (!is || (after !== END && !isSpace(after))) {
      // The word there is not looked at twice.
      if (end > start && end < most && isSpace(this.#code(end))) this.#known = { start, end };
      return undefined;
    }
    this.#at = end + 1;
    return { kind: 'label', head, name: this.#text.slice(start, end), line };
  }

  #skip(from: number, most: number, fits: (code: number) => boolean): number {
    let at = from;
    while (at < most && fits(this.#text.charCodeAt(at))) at++;
    return at;
  }

  /** Goes to what is neither blank nor remark, and returns its first character. */
  #skipRemarks(): number {
    for (;;) {
      const code = this.#blanks();
      if (code !== REMARK) return code;
      const { line } = this;
      const end = this.#text.indexOf(')', this.#at);
      if (end < 0) throw new CardError('a remark has an opening parenthesis and no closing one', line);
      this.#at = end + 1;
    }
  }

  /** Goes to what is not blank, and returns that. */
  #blanks(): number {
    // What ended a word is a blank.
    if (this.#at === this.#blank && this.#at < this.#text.length) this.#at++;
    for (; ; this.#at++) {
      const code = this.#code(this.#at);
      if (code === END || !isSpace(code)) return code;
    }
  }

  #word(): string {
    const start = this.#at;
    const { end } = this.#known;
    this.#at = start === this.#known.start ? end : this.#skip(start + 1, this.#text.length, isWordChar);
    this.#blank = this.#at;
    return this.#text.slice(start, this.#at);
  }

  /** A string as JSON text: joints undone, any run of blanks one space. */
  #string(): string {
    const { line } = this;
    let json = '"';
    // Not read from the string itself, which would have to be joined for each answer.
    let blank = false;
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const code = this.#code(this.#at);
      if (code === QUOTE) {
        this.#at++;
        return `${json}"`;
      }
      if (isSpace(code)) {
        if (!blank) json += ' ';
        blank = true;
        continue;
      }
      const next = code === BACKSLASH ? this.#code(this.#at + 1) : END;
      const joint = next !== END && isSpace(next);
      blank = joint && blank;
      if (code !== BACKSLASH) json += this.#text[this.#at]!;
      else if (joint) {
        this.#at++;
        this.#blanks();
        this.#at--;
      } else json += '\\' + (this.#text[++this.#at] ?? '');
    }
    throw new CardError('a string has an opening quotation mark and no closing one', line);
  }

  #json(): string {
    const { line } = this;
    let json = this.#text[this.#at++]!;
    let depth = 1;
    while (this.#at < this.#text.length) {
      const code = this.#code(this.#at);
      if (code === QUOTE) {
        json += this.#string();
        continue;
      }
      json += this.#text[this.#at++]!;
      if (isOpening(code)) depth++;
      if (code === CLOSE || code === CLOSE_LIST) depth--;
      if (depth === 0) return json;
    }
    throw new CardError('a bracket is not closed', line);
  }
}

/** No character: the text is at its end. */
const END = -1;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const REMARK = 0x28;
/** How far a label of two words is looked for. */
const LABEL_CHARS = 200;
const [OPEN, OPEN_LIST, CLOSE, CLOSE_LIST] = [0x7b, 0x5b, 0x7d, 0x5d];
/** What the second word of a label has not. */
const NO_NAME = new Set(Array.from(':"{}[]()', (mark) => mark.charCodeAt(0)));
const isOpening = (code: number): boolean => code === OPEN || code === OPEN_LIST;
const isSpace = (code: number): boolean =>
  code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code > 0x7f && /\s/.test(String.fromCharCode(code)));
const isWordChar = (code: number): boolean => !isSpace(code);
const isNameChar = (code: number): boolean => !isSpace(code) && !NO_NAME.has(code);

function parsed(json: string, line: number): JsonValue {
  const { root, broken, faults } = readJson(json);
  if (root === undefined || broken || faults.length > 0)
    throw new CardError(`this is not a value: ${faults[0]?.message ?? json.slice(0, 40)}`, line);
  return root.value;
}
