// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';
import { foresee } from '#engine/run/foresee.ts';
import { capture as captureRun } from '#engine/run/capture.ts';
import { Runner } from '#engine/run/runner.ts';
import type { Run } from '#engine/run/types.ts';
import { documentOf } from '#engine/scenario/plain-json.ts';
import { printScenario } from '#engine/scenario/print.ts';
import { retarget } from '#engine/scenario/revision.ts';
import type { FuseServer, ServerSource } from '#engine/server/fuse-server.ts';
import { coreOf } from './cores.ts';
import { originOfRun, rememberRun } from './remembered.ts';

export interface PlayOptions {
  /** Who answers what the steps leave open. */
  server?: ServerSource;
  /** Answered by that revision, whichever the scenario names. */
  revision?: Revision;
}

/**
 * Runs a scenario: its text, or the same as data, in which 64-bit values may be bigint and bytes Uint8Array.
 * Throws an Error with all its problems if it is none.
 */
export function play(scenario: string | object, { server, revision }: PlayOptions = {}): Run {
  const parsed = documentOf(scenario);
  const told = parsed.scenario!;
  const asked = revision === undefined ? told : retarget(told, revision);
  const run = new Runner(coreOf(asked.kernel.revision), foresee, server).run(asked);
  return rememberRun({ value: parsed.value, scenario: asked, run });
}

/** A server by its callbacks: does nothing but let the compiler look at them. */
export function server<S extends FuseServer>(callbacks: S): S {
  return callbacks;
}

/**
 * The scenario of a run with a server as one that needs none: its replies are what the server said. The text of a
 * file. What no scenario can repeat is told to `notes`, in sentences.
 */
export function capture(run: Run, notes: string[] = []): string {
  const { value, scenario } = originOfRun(run);
  const captured = captureRun(value, scenario, run);
  notes.push(...captured.notes);
  return printScenario(captured.value);
}
