// SPDX-License-Identifier: MIT
import { verdictText } from '../compare/executions.ts';
import type { CheckId } from '../kernel/checks.ts';
import { IOMAP_OP, flagNames } from '../kernel/names.ts';
import { sameValue } from '../run/same-value.ts';
import type { JsonValue } from '../scenario/json.ts';
import { parseDocument } from '../scenario/parse.ts';
import { canonicalValue, minifyScenario } from '../scenario/print.ts';
import { retarget } from '../scenario/revision.ts';
import type { Revision } from '../kernel/features.ts';
import { findReply, type FindOptions, type FindProgress, type FoundReply, type Wanted } from './find.ts';
import { Probe, type Verdict } from './probe.ts';
import { spellMapping } from './reply.ts';

/** Who answers: a `trace` build, the revision it is of, and what to call it. */
export interface Side {
  label: string;
  revision: Revision;
  module: WebAssembly.Module;
}

/** The question that is asked: a scenario's document and the index of one of its iomap_begin steps. */
export interface Question {
  document: JsonValue;
  step: number;
}

/** What a search found, as a scenario whose step `step` shows it. */
export interface FoundScenario {
  /** A canonical document. */
  document: JsonValue;
  step: number;
  /** One for each side. */
  verdicts: Verdict[];
  evaluations: number;
}

/** A machine with one device and a question about its second block: for readers without a scenario of their own. */
export const PLAIN_QUESTION: Question = {
  document: { format: 1n, steps: [{ do: 'backing_open' }, { do: 'iomap_begin', pos: 4096n }] },
  step: 1,
};

/**
 * The smallest reply on which two revisions disagree: in the verdict, the check that decides, the structs, or in
 * what an incomplete operation's iomap_end tells the server. Null if none was found among those tried.
 * A generator, as findReply().
 *
 * Throws RangeError if the step is not an iomap_begin that both reach.
 */
export function* searchDifference(
  left: Side,
  right: Side,
  question: Question = PLAIN_QUESTION,
  options: FindOptions = {},
): Generator<FindProgress, FoundScenario | null> {
  const probes = [left, right].map((side) => probeOf(side, question, { withEnd: true }));
  const own = probes[0]!.step.op;
  // A reply to the original question tells more than another operation, and a begin more than an end.
  const wanted: Wanted = ([a, b], op) => (alike(a!, b!) ? 0 : begun(a!, b!) && op === own ? 2 : 1);
  const found = yield* findReply(probes, wanted, options);
  if (found === null) return null;
  const [a, b] = found.verdicts as [Verdict, Verdict];
  const words = begun(a, b)
    ? `${wordsOf(a)} in ${left.label}, ${wordsOf(b)} in ${right.label}`
    : 'iomap_end does not send the same';
  const title = `${left.label} and ${right.label} disagree: ${words}`;
  return scenarioOf(found, question, left.revision, title, !begun(a, b));
}

/** The smallest reply that this check alone refuses: with it fixed, no other would. Otherwise like searchDifference(). */
export function* searchOnlyCheck(
  side: Side,
  check: CheckId,
  question: Question = PLAIN_QUESTION,
  options: FindOptions = {},
): Generator<FindProgress, FoundScenario | null> {
  const probe = probeOf(side, question, { audit: true });
  const found = yield* findReply(
    [probe],
    ([verdict]) => (failuresOf(verdict!).join() === check ? 2 : 0),
    options,
  );
  return found && scenarioOf(found, question, side.revision, `Refused by ${check} alone`, false);
}

/** Drives a search to its end. */
export function finish<P, R>(search: Generator<P, R>): R {
  for (;;) {
    const { done, value } = search.next();
    if (done) return value;
  }
}

function probeOf(
  { module, revision }: Side,
  { document, step }: Question,
  options: { audit?: boolean; withEnd?: boolean },
) {
  const { scenario, problems } = parseDocument(minifyScenario(document));
  const probe = scenario && Probe.of(module, retarget(scenario, revision), step, options);
  if (probe === null) {
    const why = problems[0]?.message ?? `step ${step + 1} is not an iomap_begin that the kernel reaches`;
    throw new RangeError(`There is nothing to search: ${why}.`);
  }
  return probe;
}

/** Whether the begins differ; otherwise it is the end. */
const begun = (a: Verdict, b: Verdict): boolean => !sameValue(beginOf(a), beginOf(b));

const beginOf = ({ outcome, ret, decided, iomap, srcmap }: Verdict) => ({
  outcome,
  ret,
  check: decided?.check,
  which: decided?.which,
  iomap,
  srcmap,
});

const alike = (a: Verdict, b: Verdict): boolean =>
  !begun(a, b) && sameValue(a.end?.map, b.end?.map) && a.end?.opflags === b.end?.opflags;

/** Every failed check, including those that only the audit reached. */
const failuresOf = ({ path }: Verdict): string[] =>
  path.filter(({ result }) => result === 'fail' || result === 'would-fail').map(({ check }) => check);

function wordsOf({ outcome, ret, decided, iomap }: Verdict): string {
  const text = verdictText({ outcome, ret: outcome === 'retry-cache' ? null : BigInt(ret), decided });
  return iomap === null ? text : `${text} with bdev ${iomap.bdev ?? 'NULL'}`;
}

/** The question's document up to its step, with the found reply, and an end if that is what differs. */
function scenarioOf(
  { mappings, op, verdicts, evaluations }: FoundReply,
  { document, step }: Question,
  revision: Revision,
  title: string,
  withEnd: boolean,
): FoundScenario {
  const whole = document as { [key: string]: JsonValue };
  const steps = (whole['steps'] as { [key: string]: JsonValue }[]).slice(0, step);
  const asked = (whole['steps'] as { [key: string]: JsonValue }[])[step]!;
  const { expect: _, note: __, times: ___, op: ____, ...kept } = asked;
  const { read, write } = mappings;
  const reply: JsonValue = {
    read: spellMapping(read),
    ...(write === null ? {} : { write: spellMapping(write) }),
  };
  const begin: JsonValue = { ...kept, op: flagNames(IOMAP_OP, op), reply };
  const kernel = whole['kernel'] as { [key: string]: JsonValue } | undefined;
  const found = canonicalValue({
    ...whole,
    title,
    notes: '',
    kernel: { ...kernel, revision },
    steps: [...steps, begin, ...(withEnd ? [{ do: 'iomap_end', written: 0n }] : [])],
  });
  return { document: found, step: withEnd ? step + 1 : step, verdicts, evaluations };
}
