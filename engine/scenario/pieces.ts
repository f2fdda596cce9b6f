// SPDX-License-Identifier: MIT
/** Replace `length` UTF-16 units at `offset` by `content`. */
export interface Change {
  offset: number;
  length: number;
  content: string;
}

/** A stretch of the original text, or text that was put in. */
type Piece = { from: number; to: number } | { content: string };

/**
 * A text under edits that are made one after another, and remembered as changes of the original: what an editor
 * takes as one transaction.
 */
export class Pieces {
  readonly #original: string;
  #pieces: Piece[];
  #text: string;

  constructor(original: string) {
    this.#original = original;
    this.#text = original;
    this.#pieces = [{ from: 0, to: original.length }];
  }

  /** The text as it is now. */
  get text(): string {
    return this.#text;
  }

  /** Makes changes that lie apart from each other, ascending, in offsets of the text as it is now: all in one go. */
  replace(changes: readonly Change[]): void {
    const pieces: Piece[] = [];
    const texts: string[] = [];
    let at = 0;
    for (const { offset, length, content } of changes) {
      for (const piece of this.#cut(at, offset)) pieces.push(piece);
      pieces.push({ content });
      texts.push(this.#text.slice(at, offset), content);
      at = offset + length;
    }
    for (const piece of this.#cut(at, this.#text.length)) pieces.push(piece);
    texts.push(this.#text.slice(at));
    this.#pieces = pieces;
    this.#text = texts.join('');
  }

  /** What was changed, in offsets of the original, ascending, none touching another. */
  changes(): Change[] {
    const changes: Change[] = [];
    let at = 0;
    let content = '';
    for (const piece of [...this.#pieces, { from: this.#original.length, to: this.#original.length }]) {
      if ('content' in piece) {
        content += piece.content;
        continue;
      }
      const change = { offset: at, length: piece.from - at, content };
      if (change.length > 0 || content !== '') changes.push(change);
      at = piece.to;
      content = '';
    }
    return changes;
  }

  /** The pieces of the present text from one offset to another. */
  #cut(start: number, end: number): Piece[] {
    const kept: Piece[] = [];
    let at = 0;
    for (const piece of this.#pieces) {
      const size = 'content' in piece ? piece.content.length : piece.to - piece.from;
      const from = Math.max(start - at, 0);
      const to = Math.min(end - at, size);
      at += size;
      if (from >= to) continue;
      if ('content' in piece) kept.push({ content: piece.content.slice(from, to) });
      else kept.push({ from: piece.from + from, to: piece.from + to });
    }
    return kept;
  }
}
