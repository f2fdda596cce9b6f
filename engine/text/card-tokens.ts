// SPDX-License-Identifier: MIT
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
const usualChar = (char: string): string => ('“”„'.includes(char) ? '"' : '‐‑‒–−'.includes(char) ? '-' : '');

/** Removes quote marks, line ends of any kind and invisible characters. */
export function unquote(text: string): MailLine[] {
  const usual = usualLines(text);
  return withAnyEnds(usual).map(({ text: raw, end, depth }, index) => {
    const own = raw.slice(end);
    return {
      text: usual.simple ? own : own.replace(CHANGED, usualChar),
      line: index + 1,
      depth,
      columns: raw.length,
    };
  });
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
    this.#skipRemarks();
    const { line } = this;
    const char = this.#text[this.#at];
    if (char === undefined) return undefined;
    if (char === '"') return { kind: 'value', value: parsed(this.#string(), line), line };
    if (char === '{' || char === '[') return { kind: 'value', value: parsed(this.#json(), line), line };
    const text = this.#flags();
    if (text.length > 1 && text.endsWith(':'))
      return { kind: 'label', head: text.slice(0, -1), name: null, line };
    return this.#label(text, line) ?? { kind: 'word', text, line };
  }

  /** A word, and those that continue it after a `|` at its end. */
  #flags(): string {
    const words = [this.#word()];
    while (words.at(-1)!.endsWith('|') && !this.#atEnd()) words.push(this.#word());
    return words.length === 1 ? words[0]! : words.join('');
  }

  /** `step 3:` is a label of two words. */
  #label(head: string, line: number): Token | undefined {
    if (!this.#heads.has(head)) return undefined;
    const match = /^\s+([^\s:"{}[\]()]+):(?=\s|$)/.exec(this.#text.slice(this.#at, this.#at + 200));
    if (match === null) return undefined;
    this.#at += match[0].length;
    return { kind: 'label', head, name: match[1]!, line };
  }

  #skipRemarks(): void {
    for (;;) {
      this.#blanks();
      if (this.#text[this.#at] !== '(') return;
      const { line } = this;
      const end = this.#text.indexOf(')', this.#at);
      if (end < 0) throw new CardError('a remark has an opening parenthesis and no closing one', line);
      this.#at = end + 1;
    }
  }

  #blanks(): void {
    while (this.#at < this.#text.length && /\s/.test(this.#text[this.#at]!)) this.#at++;
  }

  #atEnd(): boolean {
    this.#blanks();
    return this.#at >= this.#text.length;
  }

  #word(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && !/\s/.test(this.#text[this.#at]!)) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  /** A string as JSON text: joints undone, any run of blanks one space. */
  #string(): string {
    const { line } = this;
    let json = '"';
    // Not read from the string itself, which would have to be joined for each answer.
    let blank = false;
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at]!;
      if (char === '"') {
        this.#at++;
        return `${json}"`;
      }
      if (/\s/.test(char)) {
        if (!blank) json += ' ';
        blank = true;
        continue;
      }
      const joint = char === '\\' && /\s/.test(this.#text[this.#at + 1] ?? '');
      blank = joint && blank;
      if (char !== '\\') json += char;
      else if (joint) {
        this.#at++;
        this.#blanks();
        this.#at--;
      } else json += char + (this.#text[++this.#at] ?? '');
    }
    throw new CardError('a string has an opening quotation mark and no closing one', line);
  }

  #json(): string {
    const { line } = this;
    let json = '';
    let depth = 0;
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at]!;
      if (char === '"') {
        json += this.#string();
        continue;
      }
      this.#at++;
      json += char;
      if (char === '{' || char === '[') depth++;
      if (char === '}' || char === ']') depth--;
      if (depth === 0) return json;
    }
    throw new CardError('a bracket is not closed', line);
  }
}

function parsed(json: string, line: number): JsonValue {
  const { root, broken, faults } = readJson(json);
  if (root === undefined || broken || faults.length > 0)
    throw new CardError(`this is not a value: ${faults[0]?.message ?? json.slice(0, 40)}`, line);
  return root.value;
}
