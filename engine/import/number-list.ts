// SPDX-License-Identifier: MIT
/** Reads a list of numbers in one walk: no pattern tries again from each place. */

export interface NumberList {
  /** By their places. */
  values: (bigint | undefined)[];
  /** Where it was read up to. */
  end: number;
  closed: boolean;
}

/** A list has no more numbers. */
const MOST_VALUES = 65_536;
const REPEATS = / <repeats (\d{1,5}) times>/y;
const LETTERS: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };
const SUFFIXES = new Set([
  ...['', 'u', 'l', 'ul', 'lu', 'll', 'ull', 'llu'],
  ...['8', '16', '32', '64'].flatMap((bits) => [`u${bits}`, `i${bits}`]),
]);

const code = (char: string): number => char.charCodeAt(0);
const [TAB, COMMA, QUOTE, BACKSLASH, SLASH] = [code('\t'), code(','), code("'"), code('\\'), code('/')];
const [HASH, STAR, OPENS, EQUALS, MINUS] = [code('#'), code('*'), code('['), code('='), code('-')];
const CLOSES = new Set([code(']'), code('}'), code(')')]);
const [ZERO, NINE, LOWER_A, LOWER_Z, TO_LOWER] = [0x30, 0x39, 0x61, 0x7a, 0x20];
const isDigit = (char: number) => char >= ZERO && char <= NINE;
const isLetter = (char: number) => (char | TO_LOWER) >= LOWER_A && (char | TO_LOWER) <= LOWER_Z;

/** The list whose opening bracket stands before `from`: numbers, characters and places (`[8] = 6`), with commas and comments. */
export function numberList(text: string, from: number): NumberList {
  const values: NumberList['values'] = [];
  let [at, place, parted] = [from, 0, true];
  const ended = (closed: boolean) => ({ values, end: at, closed });
  while (place < MOST_VALUES) {
    at = afterBlanks(text, at);
    const char = text.charCodeAt(at);
    if (CLOSES.has(char)) {
      at++;
      return ended(true);
    }
    if (char === COMMA) {
      if (parted) return ended(false);
      parted = true;
      at++;
      continue;
    }
    if (!parted) return ended(false);
    const index = char === OPENS ? placeAt(text, at + 1) : null;
    if (index !== null) {
      [place, at] = [index.value, index.end];
      continue;
    }
    const found = char === QUOTE ? characterAt(text, at + 1) : numberAt(text, at, char === MINUS);
    if (found === null) return ended(false);
    values[place++] = found.value;
    at = found.end;
    parted = false;
    // As gdb prints equal elements.
    REPEATS.lastIndex = at;
    const [repeats, times] = REPEATS.exec(text) ?? [];
    if (repeats === undefined) continue;
    for (let left = Number(times) - 1; left > 0 && place < MOST_VALUES; left--) values[place++] = found.value;
    at += repeats.length;
  }
  return ended(false);
}

/** Past blanks and comments. One that nothing closes ends the text. */
function afterBlanks(text: string, from: number): number {
  for (let at = from; ;) {
    const char = text.charCodeAt(at);
    if (char === 0x20 || (char >= TAB && char <= 0x0d)) at++;
    else if (char === HASH || char === SLASH) {
      const next = char === HASH ? SLASH : text.charCodeAt(at + 1);
      if (next !== SLASH && next !== STAR) return at;
      const end = text.indexOf(next === STAR ? '*/' : '\n', at + 2);
      at = end < 0 ? text.length : end + (next === STAR ? 2 : 1);
    } else return at;
  }
}

/** A number with its suffix; null for another word. */
function numberAt(text: string, from: number, negative: boolean): { value: bigint; end: number } | null {
  const start = negative ? from + 1 : from;
  let [end, suffix] = [start, -1];
  for (; ; end++) {
    const char = text.charCodeAt(end);
    if (!isDigit(char) && !isLetter(char)) break;
    // No digit of any base is one of these.
    if (suffix < 0 && 'uli'.includes(text[end]!.toLowerCase())) suffix = end;
  }
  const digits = text.slice(start, suffix < 0 ? end : suffix);
  if (digits === '' || digits.length > 70 || !isDigit(text.charCodeAt(start))) return null;
  if (suffix >= 0 && !SUFFIXES.has(text.slice(suffix, end).toLowerCase())) return null;
  try {
    const octal = digits.length > 1 && digits[0] === '0' && isDigit(code(digits[1]!));
    const value = BigInt(octal ? `0o${digits}` : digits);
    return { value: negative ? -value : value, end };
  } catch {
    return null;
  }
}

/** `8] =`, as what stands after it begins. */
function placeAt(text: string, from: number): { value: number; end: number } | null {
  const number = numberAt(text, from, false);
  if (number === null || number.value >= MOST_VALUES || text[number.end] !== ']') return null;
  const end = afterBlanks(text, number.end + 1);
  return text.charCodeAt(end) === EQUALS ? { value: Number(number.value), end: end + 1 } : null;
}

/** A character up to its closing mark. */
function characterAt(text: string, from: number): { value: bigint; end: number } | null {
  if (text.charCodeAt(from) !== BACKSLASH)
    return text[from + 1] === "'" ? { value: BigInt(text.charCodeAt(from)), end: from + 2 } : null;
  const escape = /\\(?:x([0-9a-f]{1,2})|([0-7]{1,3})|(.))'/iy;
  escape.lastIndex = from;
  const [whole, hex, octal, letter] = escape.exec(text) ?? [];
  if (whole === undefined) return null;
  const value =
    hex !== undefined
      ? parseInt(hex, 16)
      : octal !== undefined
        ? parseInt(octal, 8)
        : (LETTERS[letter!] ?? code(letter!));
  return { value: BigInt(value), end: escape.lastIndex };
}
