// SPDX-License-Identifier: MIT
/**
 * Random operations on files with a live server, against files as arrays of bytes: what fsx does to a file system, with a
 * kernel whose every answer is known.
 */
import type { JsonValue } from '../scenario/json.ts';
import { documentOf } from '../scenario/plain-json.ts';
import { canonicalValue } from '../scenario/print.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { ServerSource } from '../server/fuse-server.ts';
import { OPS_PER_RUN, drawFaults, drawSteps } from './draw.ts';
import { Judge } from './judge.ts';
import type { FuzzFailure, FuzzOptions, FuzzResult, StepDocument } from './types.ts';

/** Runs that a search for a shorter one may take. */
const SHRINK_TRIES = 200;
const NOTE_CHARS = 500;

type Machine = { [key: string]: JsonValue };

/**
 * Fuzzes a server on the machine of a scenario, whose own steps are not done.
 *
 * @param value the document of that scenario
 */
export function fuzz(
  module: WebAssembly.Module,
  value: JsonValue,
  source: ServerSource,
  { ops, seed, faults }: FuzzOptions,
): FuzzResult {
  const { steps: _, show: __, ...machine } = value as Machine;
  let done = 0;
  for (let at = seed; done < ops; at++) {
    const own = faults ? withFaults(machine, at) : machine;
    const { scenario } = documentOf({ ...own, steps: [] });
    const drawn = drawSteps(at, scenario!, Math.min(OPS_PER_RUN, ops - done));
    const all = [...drawn.before, ...drawn.ops, ...drawn.after];
    const wrong = attempt(module, scenario!, source, all);
    if (wrong === null) {
      done += drawn.ops.length;
      continue;
    }
    done += Math.max(0, Math.min(drawn.ops.length, wrong.at + 1 - drawn.before.length));
    return { done, failure: shortest(module, own, source, all.slice(0, wrong.at + 1), wrong.problem, at) };
  }
  return { done, failure: null };
}

/** Does the steps of a scenario that fuzz() made once more. What is wrong, and at which step; null if nothing is. */
export function replay(
  module: WebAssembly.Module,
  value: JsonValue,
  source: ServerSource,
): { at: number; problem: string } | null {
  const { steps = [], ...machine } = value as Machine;
  const { scenario } = documentOf({ ...machine, steps: [] });
  return attempt(module, scenario!, source, steps as StepDocument[]);
}

function withFaults(machine: Machine, seed: number): Machine {
  const { scenario } = documentOf({ ...machine, steps: [] });
  const faults = drawFaults(seed, scenario!.devices);
  const devices = (machine['devices'] ?? { vda: {} }) as { [name: string]: Machine };
  return {
    ...machine,
    devices: Object.fromEntries(
      Object.entries(devices).map(([name, device]) => [name, { ...device, faults: faults[name] ?? [] }]),
    ),
  };
}

function attempt(
  module: WebAssembly.Module,
  scenario: Scenario,
  source: ServerSource,
  steps: readonly StepDocument[],
): { at: number; problem: string } | null {
  const judge = new Judge(module, scenario, source);
  const started = judge.start();
  if (started !== null) return { at: 0, problem: started };
  for (const [at, step] of steps.entries()) {
    const problem = judge.do(step);
    if (problem !== null) return { at, problem };
  }
  return null;
}

/** The byte that a simpler write is made of. */
const FILL = 0x5an;

/** Writes of one block or of one byte in place of many different ones, the simplest first. */
function simplerSteps({ data, ...step }: StepDocument): StepDocument[] {
  if (typeof data !== 'string') return [];
  const length = BigInt(data.length / 2);
  return [4096n, length]
    .filter((bytes) => bytes <= length)
    .map((bytes) => ({ ...step, length: bytes, fill: FILL }));
}

/** Leaves out ever smaller pieces, as long as something goes wrong still. */
function shortest(
  module: WebAssembly.Module,
  machine: Machine,
  source: ServerSource,
  steps: StepDocument[],
  problem: string,
  seed: number,
): FuzzFailure {
  const { scenario } = documentOf({ ...machine, steps: [] });
  let kept = steps;
  let told = problem;
  let tries = SHRINK_TRIES;
  for (let size = kept.length >> 1; size > 0 && tries > 0; size >>= 1) {
    for (let at = 0; at < kept.length && tries > 0; tries--) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
      const wrong = attempt(module, scenario!, source, fewer);
      if (wrong === null) at += size;
      else {
        kept = fewer.slice(0, wrong.at + 1);
        told = wrong.problem;
      }
    }
  }
  for (const [at, step] of kept.entries()) {
    for (const simpler of simplerSteps(step)) {
      const changed = kept.map((one, i) => (i === at ? simpler : one));
      const wrong = attempt(module, scenario!, source, changed);
      if (wrong === null || wrong.at < kept.length - 1) continue;
      kept = changed;
      told = wrong.problem;
      break;
    }
  }
  const last = kept.length - 1;
  const noted = kept.map((step, i) => (i === last ? { ...step, note: told.slice(0, NOTE_CHARS) } : step));
  const title = 'A run that goes wrong with its server';
  const document = canonicalValue({ ...machine, format: 1n, title, steps: noted });
  return { seed, problem: told, document, steps: kept.length };
}
