// SPDX-License-Identifier: MIT
/** Runs the code of a scenario's server where it reaches nothing, and tells what it said. */
import html from 'virtual:sandbox-frame';
import { clean } from '#engine/kernel/clean.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import type { RecordedFault, ServerRecord } from '#engine/scenario/server-record.ts';
import { Collector, type ServerNotes } from '#engine/server-code/collect.ts';
import { ownLine } from '#engine/server-code/faults.ts';
import { transpile } from '#engine/server-code/transpile.ts';
import { fetchCore } from '../workers/cores.ts';
import type { SandboxJob } from './engine-inside.ts';
import { workerText } from './text.ts';

/** How long one step of the scenario may take, and the whole run. */
const STEP_MS = 2_000;
const RUN_MS = 10_000;
/** A page that was busy first hears what came meanwhile. */
const GRACE_MS = 100;

/** What came of it: what the server said, or why its code could not begin. */
export type Played =
  | { record: ServerRecord; notes: ServerNotes; stopped: string | null }
  | { broken: string; line: number | null; notes: ServerNotes };

const NOTHING: ServerNotes = { log: [], states: [] };

/** Plays a scenario with its server. Aborted, it never resolves. */
export async function playServer(scenario: Scenario, signal: AbortSignal): Promise<Played> {
  const made = transpile(scenario.server ?? '');
  if ('message' in made) return { broken: made.message, line: made.line, notes: NOTHING };
  const core = await fetchCore(scenario.kernel.revision);
  const { text, ...place } = workerText(made.code);
  if (signal.aborted) return new Promise(() => {});
  // Only what the engine needs: the code is in the text, and what was recorded before is of another run.
  const { server: _server, recorded: _recorded, ...rest } = scenario;
  return new Promise((resolve) => new Sandbox(text, { core, scenario: rest, ...place }, signal, resolve));
}

/** One frame with one worker for one run; whatever ends it, the frame goes, and with it all that was started in it. */
class Sandbox {
  readonly #frame = document.createElement('iframe');
  readonly #collector = new Collector();
  readonly #resolve: (played: Played) => void;
  readonly #job: SandboxJob;
  #ports: MessagePort[] = [];
  #timers: ReturnType<typeof setTimeout>[] = [];
  #steps = -1;
  #over = false;

  constructor(text: string, job: SandboxJob, signal: AbortSignal, resolve: (played: Played) => void) {
    this.#resolve = resolve;
    this.#job = job;
    const frame = this.#frame;
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.setAttribute('aria-hidden', 'true');
    frame.tabIndex = -1;
    frame.title = 'Where the code of the server runs';
    frame.style.display = 'none';
    frame.srcdoc = html;
    signal.addEventListener('abort', () => this.#end());
    frame.addEventListener('load', () => this.#begin(text, job), { once: true });
    document.body.append(frame);
  }

  #begin(text: string, job: SandboxJob): void {
    if (this.#over) return;
    const [control, inside] = [new MessageChannel(), new MessageChannel()];
    this.#ports = [control.port1, inside.port1];
    control.port1.onmessage = ({ data }: MessageEvent<unknown>) => this.#failed(data);
    inside.port1.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(data);
    inside.port1.onmessageerror = () => this.#nonsense();
    this.#frame.contentWindow?.postMessage({ text, job }, '*', [control.port2, inside.port2, job.core]);
    this.#watch(RUN_MS, `the run did not end within ${RUN_MS / 1000} seconds and was stopped`);
    this.#heardStep();
  }

  #hear(batch: unknown): void {
    if (this.#over) return;
    const collector = this.#collector;
    if (!collector.hear(batch)) return this.#nonsense();
    if (collector.done) {
      if (collector.broken !== null) this.#broken(collector.broken, null);
      else this.#finish(null);
    } else if (collector.steps !== this.#steps) this.#heardStep();
  }

  /** The time of the next step begins. */
  #heardStep(): void {
    this.#steps = this.#collector.steps;
    const [whole, ...others] = this.#timers;
    for (const timer of others) clearTimeout(timer);
    this.#timers = whole === undefined ? [] : [whole];
    this.#watch(STEP_MS, `it gave no answer within ${STEP_MS / 1000} seconds and was stopped`);
  }

  #watch(patienceMs: number, message: string): void {
    const over = () => this.#timers.push(setTimeout(() => this.#late(message, steps), GRACE_MS));
    const steps = patienceMs === RUN_MS ? -2 : this.#steps;
    this.#timers.push(setTimeout(over, patienceMs));
  }

  #late(message: string, steps: number): void {
    if (steps === -2 || steps === this.#collector.steps) this.#finish({ kind: 'timeout', message });
  }

  /** The worker died, or its text could not be read. */
  #failed(data: unknown): void {
    if (this.#over) return;
    const { message, line } = (typeof data === 'object' && data !== null ? data : {}) as Record<
      string,
      unknown
    >;
    const words = typeof message === 'string' ? clean(message.slice(0, 300)) : '';
    if (this.#collector.started) this.#finish({ kind: 'died', message: `it ended: ${words}` });
    else this.#broken(words, typeof line === 'number' ? ownLine(line, this.#job) : null);
  }

  #nonsense(): void {
    this.#finish({ kind: 'too-much', message: 'it said more than a server can, or something else' });
  }

  #broken(message: string, line: number | null): void {
    this.#end();
    this.#resolve({ broken: message, line, notes: this.#collector.notes });
  }

  #finish(ended: RecordedFault | null): void {
    const { notes, started } = this.#collector;
    const record = this.#collector.record(ended);
    const stopped = record.ended && `${record.ended.message}.`;
    // Code that never got to its first callback has answered nothing that could be replayed.
    if (stopped !== null && !started) return this.#broken(stopped, null);
    this.#end();
    this.#resolve({ record, notes, stopped });
  }

  #end(): void {
    this.#over = true;
    // What was said faster than it was heard is not heard any more.
    for (const port of this.#ports) port.close();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#frame.remove();
  }
}
