// SPDX-License-Identifier: MIT
import { RegExpParser, type AST } from '@eslint-community/regexpp';

/**
 * Counts how often characters of a text are looked at while a reader runs: by patterns, which are carried out once more
 * by a matcher that goes back as a real one does, and by the methods of strings that search. The methods that only take a
 * part (slice) look at nothing. Native code may be quicker than what is counted, never slower by more than a factor.
 */
export function visitsOf(run: () => unknown): number {
  const stop = count();
  try {
    run();
  } finally {
    stop();
  }
  return visits;
}

/** The same of a reader that has to wait: nothing else may run meanwhile. */
export async function visitsWhile(run: () => unknown): Promise<number> {
  const stop = count();
  try {
    await run();
  } finally {
    stop();
  }
  return visits;
}

/** Begins to count. Returns what ends it. */
function count(): () => void {
  visits = 0;
  const { exec } = RegExp.prototype;
  const string = String.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const natives = Object.fromEntries(Object.keys(COSTS).map((name) => [name, string[name]!]));
  RegExp.prototype.exec = function (text: string) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const match = exec.call(this, text) as RegExpExecArray | null;
    if (counting) return match;
    counting = true;
    try {
      const found = machineOf(this)(text, from);
      if (found !== (match?.index ?? -1)) throw new Error(`the counter is wrong about /${this.source}/`);
    } finally {
      counting = false;
    }
    return match;
  };
  for (const [name, cost] of Object.entries(COSTS)) {
    string[name] = function (this: string, ...args: unknown[]) {
      const result = natives[name]!.apply(this, args);
      if (!counting) visits += cost(String(this), args, result);
      return result;
    };
  }
  const lists = Array.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const finders = Object.fromEntries(FINDERS.map((name) => [name, lists[name]!]));
  for (const name of FINDERS)
    lists[name] = function (this: unknown[], holds: unknown, ...rest: unknown[]) {
      const counted = (...args: unknown[]) => {
        if (!counting) visits++;
        return (holds as (...args: unknown[]) => unknown)(...args);
      };
      return finders[name]!.call(this, counted, ...rest);
    };
  return () => {
    RegExp.prototype.exec = exec;
    Object.assign(String.prototype, natives);
    for (const name of FINDERS)
      Object.defineProperty(Array.prototype, name, { value: finders[name], enumerable: false });
  };
}

let visits = 0;
/** The counter itself searches: that does not count. */
let counting = false;

/** What searches a list counts what it looks at there. */
const FINDERS = ['find', 'findLast', 'findIndex', 'findLastIndex'];

type Cost = (text: string, args: unknown[], result: unknown) => number;
const searched: Cost = (text, [what, from = 0], result) =>
  (typeof result === 'number' && result >= 0 ? result : text.length) - Number(from) + String(what).length;
const whole: Cost = (text) => text.length;
const trimmed: Cost = (text, _, result) => text.length - String(result).length + 2;
/** Splitting and replacing by a pattern count in the pattern. */
const bySearch: Cost = (text, [what]) => (typeof what === 'string' ? text.length : 0);
const COSTS: Record<string, Cost> = {
  indexOf: searched,
  lastIndexOf: (text, [, from = text.length], result) => Number(from) - Number(result),
  includes: whole,
  split: bySearch,
  replace: bySearch,
  trim: trimmed,
  trimStart: trimmed,
  trimEnd: trimmed,
  charCodeAt: () => 1,
  charAt: () => 1,
};

type Next = (at: number) => boolean;
type Machine = (text: string, from: number) => number;

const machines = new Map<string, Machine>();
const parser = new RegExpParser();

/** What looks for a pattern from a place on, and returns where it begins; -1 for nowhere. */
function machineOf({ source, flags }: RegExp): Machine {
  const key = `${flags}/${source}`;
  let machine = machines.get(key);
  if (machine === undefined) {
    machine = new Compiler(flags).machine(parser.parsePattern(source));
    machines.set(key, machine);
  }
  return machine;
}

class Compiler {
  readonly #flags: string;
  readonly #tables = new Map<string, (code: number) => boolean>();
  #text = '';

  constructor(flags: string) {
    this.#flags = flags;
  }

  machine(pattern: AST.Pattern): Machine {
    const start = this.#any(pattern.alternatives, () => true);
    return (text, from) => {
      // Patterns call each other: a replacement may search.
      const outer = this.#text;
      this.#text = text;
      try {
        const last = this.#flags.includes('y') ? from : text.length;
        for (let at = from; at <= last && at <= text.length; at++) if (start(at)) return at;
        return -1;
      } finally {
        this.#text = outer;
      }
    };
  }

  #any(alternatives: readonly AST.Alternative[], next: Next): Next {
    const all = alternatives.map(({ elements }) =>
      elements.reduceRight<Next>((rest, element) => this.#element(element, rest), next),
    );
    return all.length === 1 ? all[0]! : (at) => all.some((one) => one(at));
  }

  #element(element: AST.Element, next: Next): Next {
    switch (element.type) {
      case 'Group':
      case 'CapturingGroup':
        return this.#any(element.alternatives, next);
      case 'Assertion':
        return this.#assertion(element, next);
      case 'Quantifier':
        return this.#quantifier(element, next);
      case 'Character':
      case 'CharacterClass':
      case 'CharacterSet': {
        const fits = this.#table(element.raw);
        return (at) => this.#fits(fits, at) && next(at + 1);
      }
      default:
        throw new Error(`the counter does not know ${element.type}`);
    }
  }

  #fits(fits: (code: number) => boolean, at: number): boolean {
    visits++;
    return at < this.#text.length && fits(CODE.call(this.#text, at));
  }

  #assertion(assertion: AST.Assertion, next: Next): Next {
    const multiline = this.#flags.includes('m');
    const lineEnd = (at: number) => isLineEnd(this.#text[at] ?? '');
    switch (assertion.kind) {
      case 'start':
        return (at) => (at === 0 || (multiline && lineEnd(at - 1))) && next(at);
      case 'end':
        return (at) => (at === this.#text.length || (multiline && lineEnd(at))) && next(at);
      case 'word':
        return (at) => {
          visits++;
          const edge = isWord(this.#text, at - 1) !== isWord(this.#text, at);
          return edge !== assertion.negate && next(at);
        };
      case 'lookahead': {
        const inside = this.#any(assertion.alternatives, () => true);
        return (at) => inside(at) !== assertion.negate && next(at);
      }
      default:
        throw new Error(`the counter does not know ${assertion.kind}`);
    }
  }

  #quantifier({ element, min, max, greedy }: AST.Quantifier, next: Next): Next {
    if (['Character', 'CharacterClass', 'CharacterSet'].includes(element.type)) {
      const fits = this.#table(element.raw);
      if (greedy)
        return (at) => {
          let count = 0;
          while (count < max && this.#fits(fits, at + count)) count++;
          for (; count >= min; count--) if (next(at + count)) return true;
          return false;
        };
      return (at) => {
        for (let count = 0; ; count++) {
          if (count >= min && next(at + count)) return true;
          if (count >= max || !this.#fits(fits, at + count)) return false;
        }
      };
    }
    const times = (count: number): Next => {
      const again = (from: number) =>
        this.#element(element, (at) => (at > from || count < min) && times(count + 1)(at));
      return (at) => {
        const more = () => count < max && again(at)(at);
        if (count < min) return more();
        return greedy ? more() || next(at) : next(at) || more();
      };
    };
    return times(0);
  }

  /** Whether a character fits, by a table that the real matcher fills. */
  #table(raw: string): (code: number) => boolean {
    let fits = this.#tables.get(raw);
    if (fits === undefined) {
      const pattern = new RegExp(`^(?:${raw})$`, this.#flags.replace(/[gymd]/g, ''));
      const known = new Int8Array(0x10000);
      fits = (code) => (known[code] ||= SAME.call(pattern, String.fromCharCode(code)) ? 1 : -1) > 0;
      this.#tables.set(raw, fits);
    }
    return fits;
  }
}

// Taken before they are exchanged.
const CODE = String.prototype.charCodeAt;
const EXEC = RegExp.prototype.exec;
const SAME = function (this: RegExp, text: string): boolean {
  return EXEC.call(this, text) !== null;
};
const isLineEnd = (char: string): boolean =>
  char === '\n' || char === '\r' || char === '\u2028' || char === '\u2029';

function isWord(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return false;
  const code = CODE.call(text, at);
  return (code >= 48 && code < 58) || (code >= 65 && code < 91) || code === 95 || (code >= 97 && code < 123);
}
