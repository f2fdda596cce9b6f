// SPDX-License-Identifier: MIT
/**
 * Runs a scenario with the code of its server, in a place that is made for code of strangers. All that is used of it is what
 * is told: the verdicts of this run are nobody's, since the code can change everything around it.
 */
import { extras } from '../run/extras.ts';
import { BareRunner } from '../run/bare-runner.ts';
import { LiveRun } from '../run/live-run.ts';
import type { Scenario } from '../scenario/schema.ts';
import { serverOf, type Exports } from './callbacks.ts';
import { faultOf, type CodePlace } from './faults.ts';
import { requireLibrary } from './library.ts';
import { LOG_CHARS, type Told } from './messages.ts';
import { recordingServer } from './recorder.ts';
import { stateText } from './state-text.ts';

/** Lines of a log that are told. */
const LOGGED = 2_000;

/** The code of a server as a function; what it imports and exports goes through its arguments, as in CommonJS. */
export type ServerModule = (
  exports: Exports,
  require: (name: string) => unknown,
  module: { exports: Exports },
  log: (...said: unknown[]) => void,
  console: Record<string, (...said: unknown[]) => void>,
) => void;

export interface CodeJob {
  core: WebAssembly.Module;
  scenario: Scenario;
  module: ServerModule;
  place: CodePlace;
  tell: (batch: Told[]) => void;
}

export function playCode({ core, scenario, module, place, tell }: CodeJob): void {
  let batch: Told[] = [];
  const flush = () => {
    if (batch.length > 0) tell(batch);
    batch = [];
  };
  const add = (told: Told) => {
    batch.push(told);
    // What may take for ever is told before it begins.
    if (told.kind === 'asks' || batch.length >= 100) flush();
  };
  add({ kind: 'begins' });
  add({ kind: 'asks', what: 'the code itself, before its first callback' });
  const own = (error: unknown) => faultOf(error, place);
  try {
    const server = serverOf(load(module, logTo(add)));
    new Watched(server, add, own).run(core, scenario);
  } catch (error) {
    add({ kind: 'broken', message: own(error).message });
  }
  add({ kind: 'done' });
  flush();
}

function load(module: ServerModule, log: (...said: unknown[]) => void): Exports {
  const made = { exports: {} as Exports };
  const console = { log, info: log, debug: log, warn: log, error: log };
  module.call(undefined, made.exports, requireLibrary, made, log, console);
  return made.exports;
}

function logTo(add: (told: Told) => void): (...said: unknown[]) => void {
  let logged = 0;
  return (...said) => {
    if (logged++ >= LOGGED) return;
    const text = said
      .map((one) => {
        try {
          return String(one);
        } catch {
          return '?';
        }
      })
      .join(' ');
    add({ kind: 'log', text: text.slice(0, LOG_CHARS) });
  };
}

/** A run of which each step is told, and what the server remembers after it. */
class Watched extends LiveRun {
  #state = '';
  readonly #told: (told: Told) => void;
  readonly #server: ReturnType<typeof serverOf>;
  readonly #own: (error: unknown) => { message: string };

  constructor(
    server: ReturnType<typeof serverOf>,
    add: (told: Told) => void,
    own: (error: unknown) => ReturnType<typeof faultOf>,
  ) {
    super(recordingServer(server, add, own));
    this.#told = add;
    this.#server = server;
    this.#own = own;
  }

  run(core: WebAssembly.Module, scenario: Scenario): void {
    new BareRunner(core, extras, undefined, this).run(scenario);
    this.#tellState();
  }

  override at(execution: number): void {
    this.#tellState();
    this.#told({ kind: 'step', execution });
    super.at(execution);
  }

  #tellState(): void {
    let text: string;
    this.#told({ kind: 'asks', what: 'snapshot()' });
    try {
      text = stateText(this.#server);
    } catch (error) {
      text = `snapshot(): ${this.#own(error).message}`;
    }
    if (text === this.#state) return;
    this.#state = text;
    this.#told({ kind: 'state', text });
  }
}
