// SPDX-License-Identifier: MIT
import { errnoText } from '#engine/kernel/errno.ts';
import type { LinkState, RecordedVerdict } from '#engine/link/types.ts';
import { DEFAULT_REVISION } from '#engine/kernel/features.ts';
import { isUnknown } from '#engine/kernel/unknown.ts';
import type { CheckRecord } from '#engine/run/types.ts';
import type { App } from './app.svelte.ts';
import { toolAt } from './tool.ts';
import { entryOf } from './trail.ts';
import type { LinkMaker } from '../workers/link-maker.ts';
import { decode, isLink } from '../boot/link.ts';
import type { Line } from '#engine/view/summary.ts';

/** Longer addresses are not written by themselves: browsers and history lists suffer. Share still makes them. */
const ADDRESS_CHARS = 8_000;

/** Characters of a document whose link is made here and now; those of a longer one are made in a worker. */
const QUICK_CHARS = 32_768;
/** Characters of a document that may fit an address at all. */
const FIT_CHARS = 1_000_000;

/** The codec, its dictionary and the printer load when the first link is read or written. */
const codec = () => import('../boot/codec.ts');

/**
 * The page's address. `#1.…` is a link: a state to open. `#/…` is a place in the page. While one works, the
 * address follows by replaceState; the history of the browser is the trail's.
 */
export class Address {
  #app: App;
  #maker: LinkMaker | null = null;
  /** The hash that this page wrote last; a change to something else came from outside. */
  written = '';
  /** The link from outside that is being read: until it is, it stays the address. */
  following: string | null = null;
  /** The link that the visit began with and that can't be used: it stays the address while that is told. */
  unused = '';

  constructor(app: App) {
    this.#app = app;
  }

  /** The address was changed by hand, by a click on a link, or by going back. */
  async follow(): Promise<void> {
    const { hash } = location;
    this.#app.trail.heard();
    // An entry of this page's own names its piece, which is on its way.
    if (hash === this.written || entryOf(history.state)) {
      this.following = null;
      return;
    }
    if (!isLink(hash)) {
      this.following = null;
      this.showPlace();
      this.#app.trail.moved();
      return;
    }
    this.following = hash;
    const opened = await decode(hash);
    // The reader went on to another meanwhile.
    if (this.following !== hash) return;
    this.following = null;
    if (typeof opened === 'string') {
      this.#app.notices.show(opened, { kind: 'warning', about: 'address' });
      this.#app.trail.moved();
      return;
    }
    this.#app.work.loadLink(opened);
    this.written = hash;
  }

  /** Opens the place that a `#/…` address names. */
  showPlace(): void {
    const { hash } = location;
    if (hash === '' || hash === '#' || hash === '#/' || isLink(hash)) return;
    const found = toolAt(this.#app.tools.all, hash);
    if (typeof found === 'string') this.#app.notices.show(found, { kind: 'warning', about: 'address' });
    else this.#app.tools.open(found.tool.id, found.subject);
  }

  /** The address of the place that lies open, or else the state's own. */
  get url(): string {
    const unused = this.#app.link.broken === null ? '' : this.unused;
    return this.#app.tools.place ?? (this.written || unused || location.pathname + location.search);
  }

  /** Lets the address follow the state. */
  async write(): Promise<void> {
    const hash = await this.#hash();
    if (hash === null) return;
    this.written = hash.length > 1 && hash.length <= ADDRESS_CHARS ? hash : '';
    this.#app.trail.moved();
  }

  /** The link of now, '' if there is none; null if a newer one is being made. */
  async #hash(): Promise<string | null> {
    const { text, parsed } = this.#app.document;
    if (text.length <= QUICK_CHARS) {
      const state = await this.state();
      return state ? (await codec()).encodeLink(state) : '';
    }
    if (parsed.scenario === null || text.length > FIT_CHARS) return '';
    const { LinkMaker } = await import('../workers/link-maker.ts');
    this.#maker ??= new LinkMaker();
    return this.#maker.make({ text, ...this.#beside() });
  }

  /** What a link of now carries; null while the document is not a scenario. */
  async state(): Promise<LinkState | null> {
    const { value, scenario } = this.#app.document.parsed;
    if (scenario === null || value === null) return null;
    const { canonicalValue } = await codec();
    return { scenario: canonicalValue(value), ...this.#beside() };
  }

  #beside(): Omit<LinkState, 'scenario'> {
    const { document, run, selection } = this.#app;
    const fresh = run.status === 'ready' && run.scenario === document.parsed.scenario;
    const line = fresh ? (run.summary?.at(selection.chosen) ?? null) : null;
    return {
      step: selection.step,
      // A link tells what the shipped core said, which is the one that answers when it is opened.
      verdict: line && run.edited === null ? recorded(line, this.#app) : null,
      view: selection.tab === 'document' ? 'document' : '',
    };
  }
}

/** The mapping that decided, if it is one that has a name. */
const mappingOf = (decided: CheckRecord | null) =>
  decided === null || decided.which === null || isUnknown(decided.which) ? null : decided.which;

/** The verdict of a line as a link records it. */
export function recorded(line: Line, app: App): RecordedVerdict {
  const detail = app.run.detail;
  const decided = detail?.execution.index === line.index ? detail.execution.decided : null;
  return {
    ret: line.ret === null ? line.outcome : errnoText(line.ret),
    check: line.check,
    which: mappingOf(decided),
    revision: app.run.scenario?.kernel.revision ?? DEFAULT_REVISION,
  };
}
