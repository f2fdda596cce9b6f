// SPDX-License-Identifier: MIT
/** Lines and columns of a text, 1-based; a line ends with LF, CR LF, or CR. The table is made when first asked. */
export class Lines {
  readonly #text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Where a UTF-16 offset lies. An offset past the end is at the end. */
  at(offset: number): { line: number; column: number } {
    this.#starts ??= starts(this.#text);
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: Math.min(offset, this.#text.length) - this.#starts[low]! + 1 };
  }
}

function starts(text: string): number[] {
  const found = [0];
  if (!text.includes('\r')) {
    // As most texts are, and many times as fast.
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) found.push(at + 1);
    return found;
  }
  for (const match of text.matchAll(/\r\n|\r|\n/g)) found.push(match.index + match[0].length);
  return found;
}
