// SPDX-License-Identifier: MIT
import { quotationEnd } from './quoted.ts';

/**
 * The words, numbers, strings and marks of a line of C without comments. A walk, where a pattern would try each of its
 * alternatives at each character. A quotation mark that nothing closes is a word: then none after it is closed either.
 */
export function* cWords(code: string): Generator<string> {
  let closed = true;
  for (let at = 0; at < code.length;) {
    const first = code.charCodeAt(at);
    let end = at + 1;
    if (isLetter(first)) end = runEnd(code, end, isWordChar);
    else if (isDigit(first)) end = numberEnd(code, at, first);
    else if (first === QUOTE) {
      const last: number = closed ? quotationEnd(code, at + 1, '"') : -1;
      closed = last >= 0;
      if (closed) end = last + 1;
    } else if (first === APOSTROPHE) end = characterEnd(code, at);
    else if (isSpace(code, at, first)) {
      at++;
      continue;
    } else if (DOUBLE.has(first)) end = markEnd(code, at);
    yield code.slice(at, end);
    at = end;
  }
}

/** Whether a word of C is a name or a keyword: neither number, nor string, nor mark. */
export const isName = (word: string): boolean => word !== '' && isLetter(word.charCodeAt(0));

/** Whether a name is of a macro that stands for its argument, or for the bit of that number. */
export const isWrapper = (word: string): boolean => WRAPPERS.has(word);

const WRAPPERS: ReadonlySet<string> = new Set([
  ...['BIT', 'BIT_ULL'],
  ...[8, 16, 32, 64].flatMap((bits) => [`INT${bits}_C`, `UINT${bits}_C`, `cpu_to_le${bits}`, `htole${bits}`]),
]);

function runEnd(code: string, from: number, fits: (code: number) => boolean): number {
  let at = from;
  while (at < code.length && fits(code.charCodeAt(at))) at++;
  return at;
}

/** `0x1fUL` and `12u`; what no digit follows is not the beginning of a hexadecimal number. */
function numberEnd(code: string, at: number, first: number): number {
  const hex = first === ZERO && /^[xX]$/.test(code[at + 1] ?? '') ? runEnd(code, at + 2, isHexDigit) : 0;
  return runEnd(code, hex > at + 2 ? hex : runEnd(code, at + 1, isDigit), isSuffix);
}

/** `'a'` and `'\n'`; otherwise the mark alone. */
function characterEnd(code: string, at: number): number {
  const last = code[at + 1] === '\\' ? at + 3 : at + 2;
  const inside = code[last - 1] ?? "'";
  const fits =
    last === at + 3 ? !/[\r\n\u2028\u2029]/.test(inside) && last - 1 < code.length : inside !== "'";
  return fits && code[last] === "'" ? last + 1 : at + 1;
}

/** `<<`, `>>=`, `->`, `+=`. */
function markEnd(code: string, at: number): number {
  const [first, second] = [code[at]!, code[at + 1]];
  if ((first === '<' || first === '>') && second === first) return code[at + 2] === '=' ? at + 3 : at + 2;
  return second === '=' || (first === '-' && second === '>') ? at + 2 : at + 1;
}

/** Marks that another may belong to. */
const DOUBLE = new Set(Array.from('-+*/%&|^=!<>', (mark) => mark.charCodeAt(0)));
const isSpace = (code: string, at: number, unit: number): boolean =>
  unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || (unit > 0x7e && /\s/.test(code[at]!));
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isLetter = (code: number): boolean => ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) || code === 0x5f;
const isWordChar = (code: number): boolean => isLetter(code) || isDigit(code);
const isHexDigit = (code: number): boolean =>
  isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
/** u, U, l, L */
const isSuffix = (code: number): boolean => (code | 0x20) === 0x75 || (code | 0x20) === 0x6c;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const ZERO = 0x30;
