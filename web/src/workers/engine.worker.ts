// SPDX-License-Identifier: MIT
/** The engine, off the page's thread: the page ends this worker if a run does not. */
import { checkNumber } from '#engine/kernel/checks.ts';
import { BareRunner } from '#engine/run/bare-runner.ts';
import { needsExtras } from '#engine/run/needs-extras.ts';
import { stateAt } from '#engine/run/state.ts';
import type { Execution, Run } from '#engine/run/types.ts';
import { revisionOf } from '#engine/scenario/revision.ts';
import type { Revision } from '#engine/kernel/features.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { CoreMissing, isWasm, loadCore, onceEach } from './cores.ts';
import { wholeOf } from '#engine/scenario/part.ts';
import type { Chosen } from '#engine/view/chosen.ts';
import { NO_CHECK, NO_RET, OUTCOMES, type SummaryColumns } from '#engine/view/summary.ts';
import type { Answer, Detail, Question } from './protocol.ts';

interface Core {
  module: WebAssembly.Module;
  runner: BareRunner;
}
/** Cores that the page asked for itself and will send. */
const announced = new Set<Revision>();
/** How to deliver each of them. */
const coming = new Map<Revision, (bytes: ArrayBuffer | null) => void>();
const runnerOf = onceEach(async (revision): Promise<Core> => {
  const module = await (announced.delete(revision) ? awaitCore(revision) : loadCore(revision));
  return { module, runner: new BareRunner(module) };
});
/** An edited core, in place of all others. */
let edited: Core | null = null;
/** What was last asked to run. */
let received: Scenario | null = null;
let last: Run | null = null;
/** What `last` ran, and on which core. */
let ran: { scenario: Scenario; module: WebAssembly.Module } | null = null;

/** Waits for the bytes of a core; asks for it itself if they don't come. */
async function awaitCore(revision: Revision): Promise<WebAssembly.Module> {
  const bytes = await new Promise<ArrayBuffer | null>((give) => coming.set(revision, give));
  return bytes && isWasm(bytes) ? WebAssembly.compile(bytes) : loadCore(revision);
}

/** What a verdict alone does not need. If it does not come, the page is told that the engine broke, and starts another. */
const loadExtras = () =>
  import('#engine/run/extras.ts').catch(() => {
    throw new Error('the part of the engine for I/O, expectations and log lines did not load.');
  });

const say = (answer: Answer, transfer: Transferable[] = []) => postMessage(answer, { transfer });

onmessage = async ({ data }: MessageEvent<Question>) => {
  try {
    if (data.kind === 'run') {
      // At once: the next question may come while a core loads, and goes on from this one.
      const scenario = wholeOf(data.part, received);
      received = scenario;
      const { runner, module } = edited ?? (await runnerOf(revisionOf(scenario)));
      const whole = !data.verdictOnly || needsExtras(scenario);
      if (whole && !runner.hasExtras) runner.addExtras((await loadExtras()).extras);
      const mark = edited && (await import('#engine/core-edit/edited-run.ts')).asEdited;
      // One that came meanwhile is answered already.
      if (received !== scenario) return;
      say({ kind: 'running', seq: data.seq });
      const run = runner.run(scenario);
      mark?.(run);
      last = run;
      ran = { scenario, module };
      const io = run.executions.some((execution) => execution.io !== null);
      const loading = io ? import('#engine/checks/silent.ts') : null;
      // Without that part the answer is complete but for a mark.
      const silent = (await loading?.catch(() => null))?.isSilent;
      const summary = summarise(run, silent ? (one) => silent(one, scenario) : null);
      const buffers = [
        summary.step,
        summary.repeat,
        summary.outcome,
        summary.ret,
        summary.check,
        summary.unmet,
        summary.silent,
      ];
      say(
        { kind: 'run', seq: data.seq, summary, detail: detailOf(run, data.chosen) },
        buffers.map((column) => column.buffer),
      );
    } else if (data.kind === 'coming') {
      announced.add(data.revision);
      // A failure is reported with the first question that needs it.
      runnerOf(data.revision).catch(() => {});
    } else if (data.kind === 'came') {
      coming.get(data.revision)?.(data.bytes);
    } else if (data.kind === 'rest') {
      void loadExtras().catch(() => {});
    } else if (data.kind === 'core') {
      edited = { module: data.module, runner: new BareRunner(data.module) };
    } else if (data.kind === 'detail') {
      say({ kind: 'detail', seq: data.seq, detail: last && detailOf(last, data.chosen) });
    } else if (data.kind === 'card') {
      const [run, of] = [last, ran];
      const [{ printCard }, { foreseenOf }] = await Promise.all([
        import('#engine/text/card.ts'),
        import('./look.ts'),
      ]);
      const text = run && of && printCard(foreseenOf(run, of, data.step), of.scenario, data.step, data);
      say({ kind: 'card', seq: data.seq, text });
    } else {
      // Both as they were when the question came, whatever runs while the code loads.
      const [run, of] = [last, ran];
      const { look } = await import('./look.ts');
      say(look(data, run, of));
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say({ kind: 'failed', seq: data.seq, message, missing: error instanceof CoreMissing });
  }
};

/** @param silent whether I/O went wrong without an error; loaded with the first I/O */
function summarise(run: Run, silent: ((execution: Execution) => boolean) | null): SummaryColumns {
  const count = run.executions.length;
  const summary: SummaryColumns = {
    step: new Int32Array(count),
    repeat: new Int32Array(count),
    outcome: new Uint8Array(count),
    ret: new BigInt64Array(count),
    check: new Uint16Array(count),
    unmet: new Uint16Array(count),
    silent: new Uint8Array(count),
    met: run.expectations.met,
    mismatches: run.expectations.unmet.slice(0, 200),
    stopped: run.stopped,
    reused: run.reused,
    ...(run.server ? { server: run.server } : {}),
  };
  run.executions.forEach((execution, i) => {
    summary.step[i] = execution.step;
    summary.repeat[i] = execution.repeat;
    summary.outcome[i] = OUTCOMES.indexOf(execution.outcome);
    summary.ret[i] = execution.ret ?? NO_RET;
    summary.check[i] = execution.decided ? checkNumber(execution.decided.check) : NO_CHECK;
    summary.unmet[i] = execution.unmet.length;
    if (silent?.(execution)) summary.silent[i] = 1;
  });
  return summary;
}

/** The chosen execution; the last one before it if it did not run; null if none ran. */
function detailOf(run: Run, chosen: Chosen): Detail | null {
  const { executions } = run;
  let low = 0;
  let high = executions.length;
  // Executions stand in the order of steps, then repeats.
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = executions[middle]!;
    if (at.step < chosen.step || (at.step === chosen.step && at.repeat < chosen.repeat)) low = middle + 1;
    else high = middle;
  }
  // Beyond the runs of the step, and beyond the end of a run that stopped: the one before.
  const beyond = executions[low]?.step !== chosen.step && low > 0;
  const index = beyond ? low - 1 : low;
  const execution = executions[index];
  if (!execution) return null;
  return { execution, before: stateAt(run, index - 1), after: stateAt(run, index) };
}
