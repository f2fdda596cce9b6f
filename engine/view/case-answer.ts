// SPDX-License-Identifier: MIT
import { explain } from '../checks/words.ts';
import { isUnknown } from '../kernel/unknown.ts';
import type { CheckId } from '../kernel/checks.ts';
import { run } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import { printScenario } from '../scenario/print.ts';
import type { JsonValue } from '../scenario/json.ts';
import { errnoBadge, toneOf, type Tone } from './tone.ts';

/** What a core said of the last step of a scenario, in the words of its verdict. */
export interface CaseAnswer {
  tone: Tone;
  headline: string;
  sentence: string;
  /** `-EFSCORRUPTED`; null if the call returned no error. */
  errno: string | null;
  /** The check that refused; null if none did. */
  check: CheckId | null;
}

/**
 * Asks a core for its verdict of a scenario's last step.
 * @throws Error whose message is a sentence, if the document is not a scenario or nothing of it runs
 */
export function caseAnswer(module: WebAssembly.Module, document: JsonValue): CaseAnswer {
  const { scenario, problems } = parseDocument(printScenario(document));
  if (scenario === null) throw new Error(problems[0]?.message ?? 'The case is not a scenario.');
  const execution = run(module, scenario).executions.at(-1);
  if (execution === undefined) throw new Error('Nothing of the case ran.');
  const { headline, sentence } = explain(execution, scenario);
  const tone = toneOf(execution, false);
  const decided = execution.decided?.check;
  return {
    // What follows from an accepted mapping is not asked here.
    tone: tone === 'asking' ? 'ok' : tone,
    headline,
    sentence,
    errno: errnoBadge(execution),
    check: decided === undefined || isUnknown(decided) ? null : decided,
  };
}
