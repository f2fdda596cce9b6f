// SPDX-License-Identifier: MIT
import { explain as explainExecution } from '#engine/checks/words.ts';
import { isUnknown } from '#engine/kernel/unknown.ts';
import { foresee } from '#engine/run/foresee.ts';
import { stateAt } from '#engine/run/runner.ts';
import type { Execution, IoCall } from '#engine/run/types.ts';
import { nearestReply } from '#engine/view/nearest-reply.ts';
import { callExecution } from '#engine/view/call-execution.ts';
import { coreOf } from './cores.ts';
import { originOfCall } from './remembered.ts';

export interface Explained {
  /** The id of the check that refused the answer; null if none did. */
  check: string | null;
  /** The mapping that it looked at; null for none in particular. */
  which: 'read' | 'write' | null;
  /** The numbers that it compared. */
  operands: bigint[];
  /** One to three words: `Refused`. */
  headline: string;
  /** What the kernel saw and what it decided. */
  sentence: string;
  /** Of a refused answer to iomap_begin: edits that would make the kernel accept it, the nearest first. */
  nearest: string[];
}

/**
 * Says why a call ended as it did: an execution of a run, or a call inside of one.
 * Throws a TypeError for what no run of this library holds.
 */
export function explain(call: Execution | IoCall): Explained {
  const { execution, origin } = originOfCall(call);
  const { scenario, run } = origin;
  const whole: Execution = 'index' in call ? call : callExecution(call, execution);
  const { headline, sentence } = explainExecution(whole, scenario);
  const { decided } = whole;
  const slot = decided?.which ?? null;
  const which = slot === null || isUnknown(slot) ? null : slot;
  const refused = whole.do === 'iomap_begin' && whole.outcome === 'refused' && which !== null;
  return {
    check: decided === null || isUnknown(decided.check) ? null : decided.check,
    which,
    operands: decided?.operands ?? [],
    headline,
    sentence,
    nearest: refused
      ? nearestReply(
          coreOf(run.revision),
          scenario,
          whole,
          stateAt(run, execution.index - 1).entries,
          foresee,
        )
      : [],
  };
}
