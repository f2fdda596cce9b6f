// SPDX-License-Identifier: MIT
import type { Scenario } from '#engine/scenario/schema.ts';
import type { ServerRecord } from '#engine/scenario/server-record.ts';
import type { ServerNotes } from '#engine/server-code/collect.ts';
import { TrustedCode } from './trusted-code.ts';

/**
 * - `none`: the scenario has no code
 * - `asks`: it came from elsewhere, and waits for a click
 * - `framed`: this page is shown inside of another, where no code runs
 * - `playing`: it runs in the sandbox
 * - `played`: the kernel has its answers
 * - `broken`: it could not begin; `message` and `line` say why
 */
export type CodeStatus = 'none' | 'asks' | 'framed' | 'playing' | 'played' | 'broken';

/** A pause in typing, after which what was typed runs. */
const PAUSE_MS = 250;
/** After this long the reader is offered to stop it. */
const SLOW_MS = 1_500;

/** What goes on with a run once it is known who answers. */
export interface Going {
  /** The answers are on their way. */
  wait: () => void;
  /** There will be none for now. */
  withhold: () => void;
  run: (recorded: ServerRecord | undefined) => void;
}

/** The code of the scenario's server: whether it may run, and what it said. */
export class ServerCode {
  readonly #trusted = new TrustedCode();
  #status = $state.raw<CodeStatus>('none');
  #message = $state.raw('');
  #line = $state.raw<number | null>(null);
  #notes = $state.raw<ServerNotes>({ log: [], states: [] });
  #slow = $state.raw(false);
  #running: AbortController | null = null;
  #withhold: () => void = () => {};
  #watch: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = '';

  get status(): CodeStatus {
    return this.#status;
  }
  /** Why it is broken, or why it was stopped; '' if neither. */
  get message(): string {
    return this.#message;
  }
  /** The line of the code that is to blame. */
  get line(): number | null {
    return this.#line;
  }
  /** What it logged and remembered, in the run that is shown. */
  get notes(): ServerNotes {
    return this.#notes;
  }

  /** It takes a while: the reader may stop it. */
  get slow(): boolean {
    return this.#slow;
  }

  /** Ends the code that runs now. */
  stop(): void {
    if (this.#status !== 'playing') return;
    this.#running?.abort();
    this.#say('broken', 'It was stopped. It runs again with the next edit.');
    this.#withhold();
  }

  /** From now on this code runs without being asked for: the reader wrote it, or said so. */
  trust(code: string): void {
    this.#trusted.add(code);
  }

  /** The same of a document that is part of this page. */
  trustOf(text: string): void {
    const { server } = JSON.parse(text) as { server?: unknown };
    if (typeof server === 'string') this.trust(server);
  }

  trusts(code: string): boolean {
    return this.#trusted.has(code);
  }

  /** Lets the server of a scenario answer, where it has one that may run; then goes on. */
  play(scenario: Scenario, { wait, withhold, run }: Going): void {
    this.#running?.abort();
    this.#running = null;
    clearTimeout(this.#timer);
    const code = scenario.server;
    if (code === undefined) {
      this.#say('none');
      return run(undefined);
    }
    // Whoever shows this page in a frame could hide what its reader clicks on.
    const status = self !== top ? 'framed' : this.#trusted.has(code) ? 'playing' : 'asks';
    this.#say(status);
    if (status !== 'playing') return withhold();
    wait();
    const typed = this.#last !== '' && this.#last !== code;
    this.#last = code;
    const running = new AbortController();
    this.#running = running;
    this.#withhold = withhold;
    this.#watch = setTimeout(() => (this.#slow = true), SLOW_MS);
    this.#timer = setTimeout(
      () => {
        void this.#play(scenario, running.signal).then((recorded) => {
          if (running.signal.aborted) return;
          if (recorded === null) withhold();
          else run(recorded);
        });
      },
      typed ? PAUSE_MS : 0,
    );
  }

  /** What it said; null if it could not begin. */
  async #play(scenario: Scenario, signal: AbortSignal): Promise<ServerRecord | null> {
    try {
      const { playServer } = await import('../sandbox/play.ts');
      const played = await playServer(scenario, signal);
      if (signal.aborted) return null;
      this.#notes = played.notes;
      if ('broken' in played) {
        this.#say('broken', played.broken, played.line);
        return null;
      }
      this.#say('played', played.stopped ?? '');
      return played.record;
    } catch (error) {
      if (!signal.aborted) this.#say('broken', error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  #say(status: CodeStatus, message = '', line: number | null = null): void {
    clearTimeout(this.#watch);
    this.#slow = false;
    this.#status = status;
    this.#message = message;
    this.#line = line;
    if (status === 'none' || status === 'asks') this.#notes = { log: [], states: [] };
  }
}
