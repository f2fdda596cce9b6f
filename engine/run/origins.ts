// SPDX-License-Identifier: MIT
import { IOMAP_OP } from '../kernel/names.ts';
import { isUnknown } from '../kernel/unknown.ts';
import type { Step } from '../scenario/schema.ts';
import { SpanMap, type Source, type Span } from './span-map.ts';
import type { BioEvent, BytesEvent, IoCall, IoEvent, OriginId, OriginSpan } from './types.ts';

const SECTOR_SHIFT = 9n;
const NOWHERE = { device: null, addr: null, execution: null };

/** What an event says about cached bytes: they came (from there), they left, or nothing. */
const FILLS: Readonly<Record<OriginId, 'come' | 'leave' | 'stay'>> = {
  hole: 'come',
  unwritten: 'come',
  new: 'come',
  'past-eof': 'come',
  delalloc: 'come',
  zeroed: 'come',
  written: 'come',
  cache: 'stay',
  dropped: 'leave',
  'not-written': 'stay',
};

/**
 * Where the bytes in the page cache of each file come from, tracked from event to event: a later read returns bytes
 * from there.
 */
export class CacheMap {
  readonly #files = new Map<string, SpanMap>();

  /** An independent copy, for a checkpoint. */
  copy(): CacheMap {
    const copy = new CacheMap();
    for (const [inode, map] of this.#files) copy.#files.set(inode, map.copy());
    return copy;
  }

  /** From now on nothing is known about the file's cached bytes. */
  forget(inode: string): void {
    this.#files.delete(inode);
  }

  /**
   * Follows the I/O of one execution on one file. For a read of `lengthBytes` bytes at `pos`, returns where each
   * of them comes from, ascending and without gaps. Their positions are those in the buffer, counted from `pos`: after
   * a direct read that went on through the page cache the bytes are not those of the file at these positions. `direct`:
   * the step is O_DIRECT. `written` is called for each bio that wrote to a device, with what is known of the cached
   * bytes that it carried.
   */
  follow(
    inode: string,
    calls: readonly IoCall[],
    events: readonly IoEvent[],
    execution: number,
    read: { pos: bigint; lengthBytes: bigint } | null,
    direct: boolean,
    written: (bio: BioEvent, cached: readonly Span[]) => void = () => {},
  ): OriginSpan[] {
    const cache = this.#files.get(inode) ?? new SpanMap();
    this.#files.set(inode, cache);
    const unbuffered = new SpanMap();
    const cached = new SpanMap();
    let begun = 0;
    let past = false;
    let fellBack = false;
    // How far behind its position in the file a cached byte lies in the caller's buffer.
    let shift = 0n;
    for (const event of events) {
      for (; begun < event.after; begun++) {
        const call = calls[begun];
        // Without a request the mapping cache answered: then only the step itself tells.
        if (call?.do === 'iomap_begin')
          past = call.request === null ? direct && !fellBack : (call.request.opflags & IOMAP_OP.DIRECT) !== 0;
      }
      if (event.kind === 'note' && event.note === 'dio-fell-back') {
        shift = event.a;
        fellBack = true;
      } else if (event.kind === 'bio') {
        if (event.op === 'write' && event.error === 0) {
          const cached =
            event.payload === 'cache' ? cache.within(event.pos, event.pos + event.lengthBytes) : [];
          written(event, cached);
        }
        if (event.op === 'read' && event.error === 0) setRead(past ? unbuffered : cache, event);
      } else if (event.kind === 'bytes') {
        const end = event.pos + event.lengthBytes;
        if (event.origin === 'cache') {
          unbuffered.set(event.pos + shift, end + shift, null);
          for (const span of cache.within(event.pos, end))
            cached.set(span.pos + shift, span.end + shift, span);
        } else {
          const source = filledBy(event, execution);
          if (source !== undefined) (past ? unbuffered : cache).set(event.pos, end, source);
        }
      }
    }
    if (read === null) return [];
    const end = read.pos + read.lengthBytes;
    const all = [
      ...unbuffered.within(read.pos, end).map((span) => originOf(span, false)),
      ...cached.within(read.pos, end).map((span) => originOf(span, true)),
    ];
    return all.sort((a, b) => (a.pos < b.pos ? -1 : 1));
  }
}

/** Whether a step asks past the page cache. */
export const isDirect = (step: Step | undefined): boolean =>
  step !== undefined && 'direct' in step && step.direct;

/** A bio filled these ranges of the file from its device, in a row from its sector on. */
function setRead(to: SpanMap, { device, sector, pos, lengthBytes, segments }: BioEvent): void {
  let addr = sector << SECTOR_SHIFT;
  if (segments === undefined) {
    to.set(pos, pos + lengthBytes, { origin: 'device', device, addr, execution: null });
    return;
  }
  for (const range of segments) {
    to.set(range.pos, range.pos + range.lengthBytes, { origin: 'device', device, addr, execution: null });
    addr += range.lengthBytes;
  }
}

/** What an event puts at its place; null: nothing, it was removed; undefined: the event says nothing about it. */
function filledBy({ origin }: BytesEvent, execution: number): Source | null | undefined {
  // Bytes of an origin without a name here came from somewhere: the name says what is not known.
  const fills = isUnknown(origin) ? 'come' : FILLS[origin];
  if (fills === 'leave') return null;
  if (fills === 'stay') return undefined;
  return { ...NOWHERE, origin, execution: origin === 'written' ? execution : null };
}

function originOf({ pos, end, origin, device, addr, execution }: Span, cached: boolean): OriginSpan {
  const sector = addr === null ? null : addr >> SECTOR_SHIFT;
  return { pos, lengthBytes: end - pos, origin, device, sector, cached, execution };
}
