// SPDX-License-Identifier: MIT
import { ordinal } from '../kernel/ordinal.ts';
import { verdictText } from '../compare/executions.ts';
import type { CheckId } from '../kernel/checks.ts';
import { opNames } from '../kernel/codes.ts';
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
  /** A name for the difference, for DifferenceOptions.skip; '' where one alone is looked for. */
  difference: string;
}

export interface DifferenceOptions extends FindOptions {
  /** Differences that were found before, by name: others are looked for. */
  skip?: readonly string[];
}

/** A machine with one device and a question about its second block: for readers without a scenario of their own. */
export const PLAIN_QUESTION: Question = {
  document: { format: 1n, steps: [{ do: 'backing_open' }, { do: 'iomap_begin', pos: 4096n }] },
  step: 1,
};

/** How much two verdicts differ, the most telling last. `end`: only in what iomap_end tells the server. */
const KINDS = ['alike', 'end', 'struct', 'check', 'errno', 'acceptance'] as const;
type Kind = (typeof KINDS)[number];

/**
 * The smallest reply on which two revisions disagree. One accepts what the other refuses, if there is such a reply;
 * else they refuse with another errno, else by another check, else the structs differ, or what an incomplete
 * operation's iomap_end tells the server. Null if none was found among those tried. A generator, as findReply().
 *
 * Throws RangeError if the step is not an iomap_begin that both reach.
 */
export function* searchDifference(
  left: Side,
  right: Side,
  question: Question = PLAIN_QUESTION,
  { skip = [], ...options }: DifferenceOptions = {},
): Generator<FindProgress, FoundScenario | null> {
  const probes = [left, right].map((side) => probeOf(side, question, { withEnd: true }));
  const own = probes[0]!.step.op;
  const known = new Set(skip);
  const wanted: Wanted = {
    rank: ([a, b], op) => {
      const kind = kindOf(a!, b!);
      if (kind === 'alike' || known.has(differenceOf(a!, b!))) return 0;
      // Of one kind, a reply to the question that was asked says more than another operation.
      return 2 * KINDS.indexOf(kind) + (op === own ? 1 : 0);
    },
    best: 2 * KINDS.length - 1,
  };
  const found = yield* findReply(probes, wanted, options);
  if (found === null) return null;
  const [a, b] = found.verdicts as [Verdict, Verdict];
  const words = begun(a, b)
    ? `${wordsOf(a)} in ${left.label}, ${wordsOf(b)} in ${right.label}`
    : 'iomap_end does not send the same';
  const title = `${left.label} and ${right.label} disagree: ${words}`;
  return scenarioOf(found, question, left.revision, title, !begun(a, b), differenceOf(a, b));
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
    { rank: ([verdict]) => (failuresOf(verdict!).join() === check ? 1 : 0), best: 1 },
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
    const why = problems[0]?.message ?? `step ${ordinal(step)} is not an iomap_begin that the kernel reaches`;
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

function kindOf(a: Verdict, b: Verdict): Kind {
  if ((a.outcome === 'ok') !== (b.outcome === 'ok')) return 'acceptance';
  if (a.outcome !== b.outcome || a.ret !== b.ret) return 'errno';
  if (a.decided?.check !== b.decided?.check || a.decided?.which !== b.decided?.which) return 'check';
  if (begun(a, b)) return 'struct';
  return sameValue(a.end?.map, b.end?.map) && a.end?.opflags === b.end?.opflags ? 'alike' : 'end';
}

/** What kind of difference it is and in which fields: replies that show the same difference have the same. */
function differenceOf(a: Verdict, b: Verdict): string {
  const kind = kindOf(a, b);
  if (kind === 'struct')
    return `struct ${[...fieldsOf(a.iomap, b.iomap, 'iomap'), ...fieldsOf(a.srcmap, b.srcmap, 'srcmap')].join()}`;
  if (kind === 'end') return `end ${fieldsOf(a.end?.map ?? null, b.end?.map ?? null, 'map').join()}`;
  return `${kind} ${verdictOf(a)} / ${verdictOf(b)}`;
}

function fieldsOf<T extends object>(a: T | null, b: T | null, name: string): string[] {
  if (a === null || b === null) return a === b ? [] : [name];
  return (Object.keys(a) as (keyof T & string)[])
    .filter((field) => !sameValue(a[field], b[field]))
    .map((field) => `${name}.${field}`);
}

/** Every failed check, including those that only the audit reached. */
const failuresOf = ({ path }: Verdict): string[] =>
  path.filter(({ result }) => result === 'fail' || result === 'would-fail').map(({ check }) => check);

const verdictOf = ({ outcome, ret, decided }: Pick<Verdict, 'outcome' | 'ret' | 'decided'>): string =>
  verdictText({ outcome, ret: outcome === 'retry-cache' ? null : BigInt(ret), decided });

function wordsOf({ outcome, ret, decided, iomap }: Verdict): string {
  const text = verdictOf({ outcome, ret, decided });
  return iomap === null ? text : `${text} with bdev ${iomap.bdev ?? 'NULL'}`;
}

/** The question's document up to its step, with the found reply, and an end if that is what differs. */
function scenarioOf(
  { mappings, op, verdicts, evaluations }: FoundReply,
  { document, step }: Question,
  revision: Revision,
  title: string,
  withEnd: boolean,
  difference = '',
): FoundScenario {
  const whole = document as { [key: string]: JsonValue };
  const steps = (whole['steps'] as { [key: string]: JsonValue }[]).slice(0, step);
  const asked = (whole['steps'] as { [key: string]: JsonValue }[])[step]!;
  const { expect: _, expectOn: _____, note: __, times: ___, op: ____, ...kept } = asked;
  const { read, write } = mappings;
  const reply: JsonValue = {
    read: spellMapping(read),
    ...(write === null ? {} : { write: spellMapping(write) }),
  };
  const begin: JsonValue = { ...kept, op: opNames(op), reply };
  const kernel = whole['kernel'] as { [key: string]: JsonValue } | undefined;
  const found = canonicalValue({
    ...whole,
    title,
    notes: '',
    kernel: { ...kernel, revision },
    steps: [...steps, begin, ...(withEnd ? [{ do: 'iomap_end', written: 0n }] : [])],
  });
  return { document: found, step: withEnd ? step + 1 : step, verdicts, evaluations, difference };
}
