// SPDX-License-Identifier: MIT
import { cTokens, type CToken } from './c-tokens.ts';

/**
 * The conditions in a piece of C, as far as it is there: a hunk of a patch begins and ends where it likes, so a
 * parenthesis may be missing on either side, and what is not an expression is passed over. Each token is taken once.
 */
export type Term =
  | { kind: 'name'; path: string[] }
  | { kind: 'call'; name: string; args: Term[] }
  | { kind: 'unary'; op: string; of: Term }
  | { kind: 'binary'; op: string; left: Term; right: Term };

/** A test that is true or false by itself: no `&&`, `||` or `!` around it. */
export interface Atom {
  /** Whether it stands under an odd number of `!`. */
  negated: boolean;
  term: Term;
}

const BINDS: Readonly<Record<string, number>> = {
  ',': 1,
  '=': 2,
  '?': 3,
  ':': 3,
  '||': 4,
  '&&': 5,
  '|': 6,
  '^': 7,
  '&': 8,
  '==': 9,
  '!=': 9,
  '<': 10,
  '>': 10,
  '<=': 10,
  '>=': 10,
  '<<': 11,
  '>>': 11,
  '+': 12,
  '-': 12,
  '*': 13,
  '/': 13,
  '%': 13,
};
const PREFIX = new Set(['!', '~', '-', '+', '*', '&']);
const WORD = /^[A-Za-z_]\w*$|^\d/;
const KEYWORD =
  /^(?:if|else|while|for|do|return|case|default|goto|switch|const|struct|enum|unsigned|static)$/;
/** What only hands its argument on, as the kernel's macros for what must not be. */
const HANDS_ON = /^(?:un)?likely$|(?:^|_)(?:BAD|ASSERT|WARN|BUG)(?:_|$)/;
/** Deeper than any condition that people write. */
const MOST_DEPTH = 40;

/** The tests in a statement, in its order. */
export function atomsOf(statement: string): Atom[] {
  const lines = statement.split('\n').map((text, i) => ({ text, line: i + 1, depth: 0 }));
  const reader = new Reader(joined(cTokens(lines)));
  const atoms: Atom[] = [];
  while (!reader.done) collect(reader.expression(0, 0), false, atoms);
  return atoms;
}

/** `&&` and `||` come as two tokens each. */
function joined(tokens: readonly CToken[]): string[] {
  const texts: string[] = [];
  for (const { text } of tokens) {
    if ((text === '&' || text === '|') && texts.at(-1) === text) texts[texts.length - 1] = text + text;
    else texts.push(text);
  }
  return texts;
}

class Reader {
  #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** An expression whose operators bind at least so tightly; takes one token at least. */
  expression(least: number, depth: number): Term {
    let left = this.#operand(depth);
    for (;;) {
      const op = this.#tokens[this.#at] ?? '';
      const binds = BINDS[op] ?? 0;
      if (binds === 0 || binds < least || depth > MOST_DEPTH) return left;
      this.#at++;
      left = { kind: 'binary', op, left, right: this.expression(binds + 1, depth + 1) };
    }
  }

  #operand(depth: number): Term {
    const text = this.#tokens[this.#at++] ?? '';
    if (depth > MOST_DEPTH) return NOTHING;
    if (PREFIX.has(text)) return { kind: 'unary', op: text, of: this.#operand(depth + 1) };
    if (text === '(') {
      const within = this.#within(depth);
      // A name in parentheses before an operand is a cast.
      const next = this.#tokens[this.#at] ?? '';
      return within.kind === 'name' && (WORD.test(next) || next === '(') ? this.#operand(depth + 1) : within;
    }
    if (!WORD.test(text)) return NOTHING;
    if (KEYWORD.test(text)) return this.done ? NOTHING : this.#operand(depth + 1);
    return this.#named(text, depth);
  }

  #named(first: string, depth: number): Term {
    const path = [first];
    for (;;) {
      const text = this.#tokens[this.#at];
      if (text === '->' || text === '.') {
        path.push(this.#tokens[this.#at + 1] ?? '');
        this.#at += 2;
      } else if (text === '[') {
        this.#at++;
        this.#until(']', depth);
      } else if (text === '(') {
        this.#at++;
        return { kind: 'call', name: path.at(-1)!, args: listed(this.#within(depth)) };
      } else return { kind: 'name', path };
    }
  }

  #within = (depth: number): Term => this.#until(')', depth);

  /** What stands before a closing mark, and the mark; up to the end where there is none. */
  #until(close: string, depth: number): Term {
    if (this.#tokens[this.#at] === close) {
      this.#at++;
      return NOTHING;
    }
    const term = this.done ? NOTHING : this.expression(0, depth + 1);
    if (this.#tokens[this.#at] === close) this.#at++;
    return term;
  }
}

const NOTHING: Term = { kind: 'name', path: [''] };

function listed(term: Term): Term[] {
  const list: Term[] = [];
  let rest = term;
  while (rest.kind === 'binary' && rest.op === ',') {
    list.unshift(rest.right);
    rest = rest.left;
  }
  return [rest, ...list];
}

function collect(term: Term, negated: boolean, into: Atom[]): void {
  if (term.kind === 'binary' && term.op === ',') {
    // Arguments of a call that begins before the hunk: a name among them is not a test.
    for (const part of [term.left, term.right]) if (part.kind !== 'name') collect(part, negated, into);
  } else if (term.kind === 'binary' && ['&&', '||', '?', ':'].includes(term.op)) {
    collect(term.left, negated, into);
    collect(term.right, negated, into);
  } else if (term.kind === 'unary' && term.op === '!') collect(term.of, !negated, into);
  else if (term.kind === 'call' && HANDS_ON.test(term.name))
    for (const arg of term.args) collect(arg, negated, into);
  else into.push({ negated, term });
}
