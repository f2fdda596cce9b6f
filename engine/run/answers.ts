// SPDX-License-Identifier: MIT
import { hasExtents } from '../scenario/answers.ts';
import type { Scenario } from '../scenario/schema.ts';
import { replayServer } from '../server/replay.ts';
import type { ServerSource } from '../server/fuse-server.ts';
import { AnswerChain, type AnswerSource } from './answer-source.ts';
import { ExtentsRun } from './extents-run.ts';
import { LiveRun } from './live-run.ts';
import type { Run } from './types.ts';

/** Who answers what the steps leave open: a server of callbacks, or a source that answers in another way. */
export type Answerer = ServerSource | AnswerSource;

/** A server as a source of answers. */
export function sourceOf(answerer: Answerer): AnswerSource {
  if (answerer === null || !['object', 'function'].includes(typeof answerer))
    throw new TypeError(`the server is a ${typeof answerer}, not an object of callbacks`);
  return 'leaves' in answerer ? answerer : new LiveRun(answerer);
}

/**
 * Who answers what the steps of a scenario leave open: who is attached, then who the scenario names, in order. Null for
 * nobody.
 */
export function answersOf(scenario: Scenario, attached: AnswerSource | null): AnswerSource | null {
  const { recorded } = scenario;
  const server = attached === null && recorded !== undefined ? new LiveRun(replayServer(recorded)) : null;
  const extents = hasExtents(scenario) ? new ExtentsRun(scenario) : null;
  const all = [attached, server, extents].filter((one) => one !== null);
  return all.reduceRight<AnswerSource | null>(
    (next, one) => (next === null ? one : new AnswerChain(one, next)),
    null,
  );
}

/** The run of a scenario whose server's code did not run: no step of it does. Null for any other scenario. */
export function withoutServer(scenario: Scenario, attached: AnswerSource | null): Run | null {
  if (scenario.server === undefined || scenario.recorded !== undefined || attached !== null) return null;
  const message = 'The scenario has the code of a server, which was not run.';
  return {
    revision: scenario.kernel.revision,
    executions: [],
    checkpoints: [],
    expectations: { met: 0, unmet: [] },
    stopped: { execution: 0, reason: 'no-server', message },
    reused: 0,
  };
}
