// SPDX-License-Identifier: MIT
/** A run of the quiz: accepted or refused, and by which check? All answers are the core's. */
import { explain } from '../checks/explain.ts';
import { Random } from '../fuzz/random.ts';
import { CHECK_PLACES } from '../kernel/check-places.ts';
import { checksOf } from '../checks/of-revision.ts';
import type { CheckId } from '../kernel/checks.ts';
import { DEFAULT_REVISION } from '../kernel/features.ts';
import { run } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import { printScenario } from '../scenario/print.ts';
import type { StepOf } from '../scenario/schema.ts';
import { draw, scenarioOf, type Drawn } from './draw.ts';

/** A question with its answer. */
export interface QuizQuestion {
  /** The scenario; the step that asks is its second. */
  text: string;
  /** The kernel's request, and the reply. */
  step: StepOf<'iomap_begin'>;
  /** The check that decides; null if the kernel takes the reply. */
  decided: { check: CheckId } | null;
  /** What the verdict says, in a sentence. */
  sentence: string;
  /** The checks to choose from: five, the one that decides among them. */
  choices: CheckId[];
}

/** Questions of a run. */
export const QUIZ_LENGTH = 10;
const CHOICES = 5;

/** Replies that are drawn for a question at least, so that a check that seldom decides has its turn. */
const DRAWS = 24;
/** No reply is drawn more often than this for one question: half of them are refused, by twenty checks. */
const MOST_DRAWS = 4_000;

/** The checks on the mappings of a reply, which the quiz asks about. */
const ASKED: readonly CheckId[] = checksOf(DEFAULT_REVISION).filter(
  (check) => CHECK_PLACES[check].blames?.in === 'mapping',
);

type Judged = Omit<QuizQuestion, 'choices'> & { drawn: Drawn };

/**
 * The questions of a run: half of them have replies that the kernel takes, and no check decides twice in a row among
 * those that are refused. The same seed gives the same questions.
 *
 * @param module a `trace` build of the default revision
 * @param length an even number
 */
export function quizOf(module: WebAssembly.Module, seed: number, length = QUIZ_LENGTH): QuizQuestion[] {
  const random = new Random(seed);
  const used = new Map<CheckId, number>();
  const seen = new Set<string>();
  const questions: QuizQuestion[] = [];
  let last: CheckId | null = null;
  for (const accepted of order(random, length)) {
    const found = findOne(
      module,
      random,
      seen,
      (one) => (accepted ? one.decided === null : one.decided !== null && one.decided.check !== last),
      (one) => (one.decided === null ? 0 : (used.get(one.decided.check) ?? 0)),
    );
    seen.add(found.text);
    if (found.decided !== null) {
      last = found.decided.check;
      used.set(last, (used.get(last) ?? 0) + 1);
    }
    const { drawn: _, ...question } = found;
    questions.push({ ...question, choices: choicesOf(random, found.decided?.check ?? null) });
  }
  return questions;
}

/** Which questions have replies that are taken: half of them, in any order. */
function order(random: Random, length: number): boolean[] {
  return shuffled(
    random,
    Array.from({ length }, (_, i) => i % 2 === 0),
  );
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
}

/** Of the replies that fit the first with the least cost. */
function findOne(
  module: WebAssembly.Module,
  random: Random,
  seen: ReadonlySet<string>,
  fits: (one: Judged) => boolean,
  cost: (one: Judged) => number,
): Judged {
  let best: Judged | null = null;
  for (let i = 0; i < MOST_DRAWS && (best === null || (i < DRAWS && cost(best) > 0)); i++) {
    const one = judged(module, draw(random));
    if (one === null || seen.has(one.text) || !fits(one)) continue;
    if (best === null || cost(one) < cost(best)) best = one;
  }
  if (best === null) throw new Error('No reply for this question was found.');
  return best;
}

/** What the core says of a reply; null where it is neither taken nor refused by a check that is asked about. */
function judged(module: WebAssembly.Module, drawn: Drawn): Judged | null {
  const text = printScenario(scenarioOf(drawn, DEFAULT_REVISION));
  const { scenario } = parseDocument(text);
  if (scenario === null) return null;
  const execution = run(module, scenario).executions.at(-1)!;
  const step = scenario.steps.at(-1) as StepOf<'iomap_begin'>;
  const { outcome, decided } = execution;
  if (outcome !== 'ok' && (outcome !== 'refused' || decided === null)) return null;
  const check = decided?.check as CheckId | undefined;
  if (check !== undefined && !ASKED.includes(check)) return null;
  return {
    drawn,
    text,
    step,
    decided: check === undefined ? null : { check },
    sentence: explain(execution, scenario).sentence,
  };
}

/** Checks to choose from, the right one among them, in the order in which the kernel makes them. */
function choicesOf(random: Random, right: CheckId | null): CheckId[] {
  const others = shuffled(
    random,
    ASKED.filter((check) => check !== right),
  ).slice(0, right === null ? CHOICES : CHOICES - 1);
  const all = right === null ? others : [...others, right];
  return ASKED.filter((check) => all.includes(check));
}
