// SPDX-License-Identifier: MIT
import { placeOf, type Tool } from './tool.ts';
import { TypedAhead } from './typed-ahead.ts';

/** A tool that lies open. */
export interface OpenTool {
  tool: Tool;
  subject: string;
  /** The focus stays where it is. */
  quiet: boolean;
}

/** The tools of the page, and which of them lie open: at most one of each kind, a drawer being one. */
export class ToolStore {
  readonly all: readonly Tool[];
  #over = $state.raw<OpenTool | null>(null);
  #instead = $state.raw<OpenTool | null>(null);
  #beside = $state.raw<OpenTool | null>(null);
  /** Beside the columns too, and over what else stands there: a word is asked in the middle of a lesson. */
  #drawer = $state.raw<OpenTool | null>(null);
  #moved: () => void;
  readonly #elsewhere: ((id: string, subject: string) => void) | undefined;
  /** Keys for a tool that was asked for and is not there yet. */
  readonly ahead = new TypedAhead();

  /**
   * @param moved hears that a tool was opened or closed
   * @param elsewhere opens what is not among them; left out, there is no such tool
   */
  constructor(all: readonly Tool[], moved: () => void, elsewhere?: (id: string, subject: string) => void) {
    this.all = all;
    this.#moved = moved;
    this.#elsewhere = elsewhere;
  }

  get over(): OpenTool | null {
    return this.#over;
  }
  get instead(): OpenTool | null {
    return this.#instead;
  }
  get beside(): OpenTool | null {
    return this.#beside;
  }
  get drawer(): OpenTool | null {
    return this.#drawer;
  }

  /** The address of what lies open, the topmost first; null if it has none. */
  get place(): string | null {
    for (const open of this.#topmostFirst()) {
      const place = open && placeOf(open.tool, open.subject);
      if (place !== null) return place;
    }
    return null;
  }

  /** Whether a tool lies open. */
  isOpen(id: string): boolean {
    return this.#topmostFirst().some((open) => open?.tool.id === id);
  }

  /**
   * Opens a tool in place of another of its kind; a dialog over them closes. Throws if there is no such tool.
   * @param quiet leaves the focus where it is, which a tool beside the columns otherwise takes
   */
  open(id: string, subject = '', quiet = false): void {
    const tool = this.all.find((one) => one.id === id);
    if (!tool && this.#elsewhere) return this.#elsewhere(id, subject);
    if (!tool) throw new Error(`There is no tool ${id}.`);
    const open = { tool, subject, quiet };
    const coming = !this.isOpen(id);
    if (tool.opens !== 'over') this.#closeOver();
    if (tool.opens === 'over') this.#over = open;
    else if (tool.opens === 'instead') this.#instead = open;
    else if (tool.drawer) this.#drawer = open;
    else {
      this.#beside = open;
      this.#drawer = null;
    }
    // None of its keys reaches the page underneath.
    if (coming && tool.opens !== 'instead' && !quiet) this.ahead.hold();
    this.#moved();
  }

  /** Closes a tool, if it lies open. */
  close(id: string): void {
    if (this.#over?.tool.id === id) this.#closeOver();
    if (this.#instead?.tool.id === id) this.#instead = null;
    const beside = this.#drawer ?? this.#beside;
    if (this.#drawer?.tool.id === id) this.#drawer = null;
    if (this.#beside?.tool.id === id) this.#beside = null;
    if (beside?.tool.id === id && this.#over === null) this.ahead.drop();
    this.#moved();
  }

  /** A key for the tool on its way; Escape calls it off. False if none is. */
  typeAhead(event: KeyboardEvent): boolean {
    if (!this.ahead.take(event)) return false;
    const coming = this.#over ?? this.#drawer ?? this.#beside;
    if (event.key === 'Escape' && coming) this.close(coming.tool.id);
    return true;
  }

  #topmostFirst(): (OpenTool | null)[] {
    return [this.#over, this.#instead, this.#drawer, this.#beside];
  }

  #closeOver(): void {
    this.#over = null;
    this.ahead.drop();
  }
}
