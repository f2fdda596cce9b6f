// SPDX-License-Identifier: MIT
import type { Unknown } from '../kernel/unknown.ts';
import type { OriginId } from './types.ts';

/** Where the bytes of a span come from. */
export interface Source {
  origin: 'device' | OriginId | Unknown;
  device: string | null;
  /** `device`: the byte address of the first byte. */
  addr: bigint | null;
  /** `written`: the execution. */
  execution: number | null;
}

/** A source whose bytes lie in a row from `addr` on; its other fields are plain values. */
export interface Located {
  addr: bigint | null;
}

export type Span<S extends Located = Source> = S & { pos: bigint; end: bigint };

/** Half-open spans that don't overlap, ascending; neighbours that continue each other are one. */
export class SpanMap<S extends Located = Source> {
  #spans: Span<S>[] = [];
  #shared = false;

  /** An independent copy that costs nothing until one of the two is written to. */
  copy(): SpanMap<S> {
    const copy = new SpanMap<S>();
    copy.#spans = this.#spans;
    copy.#shared = this.#shared = true;
    return copy;
  }

  /** The bytes of [pos, end) are from there now; null: from now on nothing is known about them. */
  set(pos: bigint, end: bigint, source: S | null): void {
    if (pos >= end) return;
    const first = this.#firstBehind(pos);
    let last = first;
    while (last < this.#spans.length && this.#spans[last]!.pos < end) last++;
    if (source === null && last === first) return;
    if (this.#shared) this.#spans = this.#spans.slice();
    this.#shared = false;
    const put: Span<S>[] = [];
    // The neighbours too, where they may now be continued.
    if (first > 0) put.push(this.#spans[first - 1]!);
    const before = this.#spans[first];
    if (before !== undefined && before.pos < pos) add(put, part(before, before.pos, pos));
    if (source !== null) add(put, { ...source, pos, end });
    const after = this.#spans[last - 1];
    if (last > first && after!.end > end) add(put, part(after!, end, after!.end));
    if (last < this.#spans.length) add(put, this.#spans[last]!);
    const from = Math.max(first - 1, 0);
    this.#spans.splice(from, Math.min(last + 1, this.#spans.length) - from, ...put);
  }

  /** What is known of [pos, end), cut to it, ascending. */
  within(pos: bigint, end: bigint): Span<S>[] {
    const found: Span<S>[] = [];
    if (pos >= end) return found;
    for (let i = this.#firstBehind(pos); i < this.#spans.length && this.#spans[i]!.pos < end; i++) {
      const span = this.#spans[i]!;
      found.push(part(span, span.pos > pos ? span.pos : pos, span.end < end ? span.end : end));
    }
    return found;
  }

  /** Index of the first span that ends after `pos`. */
  #firstBehind(pos: bigint): number {
    let low = 0;
    let high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#spans[middle]!.end <= pos) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function part<S extends Located>(span: Span<S>, pos: bigint, end: bigint): Span<S> {
  return { ...span, pos, end, addr: span.addr === null ? null : span.addr + pos - span.pos };
}

/** Adds a span to a list; one that continues the last becomes a part of it. */
function add<S extends Located>(spans: Span<S>[], span: Span<S>): void {
  const last = spans.at(-1);
  if (last !== undefined && continues(last, span)) spans[spans.length - 1] = { ...last, end: span.end };
  else spans.push(span);
}

function continues<S extends Located>(a: Span<S>, b: Span<S>): boolean {
  if (a.end !== b.pos || b.addr !== (a.addr === null ? null : a.addr + a.end - a.pos)) return false;
  for (const name in a) {
    const key = name as keyof S;
    if (key !== 'pos' && key !== 'end' && key !== 'addr' && a[key] !== b[key]) return false;
  }
  return true;
}
