// SPDX-License-Identifier: MIT
import { fieldEdits, fieldsOf, allPlaces, slotEdits } from './candidates.ts';
import type { Execution } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { Probe, type Verdict } from './probe.ts';
import { applyEdit, changeSize, keyOf, mappingsOf, type Mappings, type ReplyEdit } from './reply.ts';

/** A way to another verdict: what to edit, and the core's answer then. */
export interface Suggestion {
  edits: ReplyEdit[];
  mappings: Mappings;
  verdict: Verdict;
  /** Sum of the edits' sizes: of suggestions with as many edits the smaller one is nearer. */
  size: number;
}

export interface Nearest {
  /** `accept`: the reply was refused, these are accepted. `break`: the reverse. */
  goal: 'accept' | 'break';
  /**
   * At most three: those that `warns` says nothing against first, then fewest edits. With as many edits each is about other fields, except that types and
   * devices may be offered side by side.
   */
  suggestions: Suggestion[];
  /** How many edits were tried at once, at most. */
  fields: number;
  evaluations: number;
  /** False if more edits at once were not tried, and might help. */
  complete: boolean;
}

export interface Progress {
  /** Edits at once. */
  fields: number;
  evaluations: number;
}

export interface NearestOptions {
  /** Edits at once, at most. Two take a few milliseconds, three some seconds. */
  maxFields?: number;
  /** Whether a reader of the accepted reply would be warned of what I/O does with it. Asked of the nearest few. */
  warns?: (mappings: Mappings) => boolean;
}

const OFFERED = 3;
/** Of so many of the nearest it is asked what I/O does with them: those beyond would hardly be offered. */
const TRIED = 60;
/** Evaluations between two reports. */
const REPORT_EVERY = 500;
/** Beyond this many replies at one number of edits the rest is left untried. */
const MAX_REPLIES = 200_000;

interface State {
  mappings: Mappings;
  edits: ReplyEdit[];
  verdict: Verdict;
}

/**
 * The nearest accepted reply to a refused one, or the nearest refused to an accepted one: fewest edits first, then
 * the smallest. Searches with the core alone.
 *
 * To fix a refusal, some field that its check looks at must change; so the search goes from each refused reply to
 * edits of those fields only, with that check's operands among the values, and on from what then refuses. To break
 * an accepted reply any field will do.
 *
 * A generator: run it to the end, or abandon it to cancel.
 */
export function* searchNearest(
  probe: Probe,
  mappings: Mappings,
  { maxFields = 12, warns }: NearestOptions = {},
): Generator<Progress, Nearest> {
  const start = { mappings, edits: [], verdict: probe.evaluate(mappings) };
  const goal = start.verdict.outcome === 'refused' ? 'accept' : 'break';
  const reached = ({ outcome }: Verdict) => outcome === (goal === 'break' ? 'refused' : 'ok');
  const seen = new Set([keyOf(mappings)]);
  const first = probe.evaluations;
  const found: Suggestion[] = [];
  let frontier: State[] = [start];
  for (let fields = 1; fields <= maxFields; fields++) {
    const next: State[] = [];
    for (const state of frontier) {
      for (const edit of edits(probe, state, goal)) {
        const after = applyEdit(state.mappings, edit);
        const key = keyOf(after);
        if (seen.has(key)) continue;
        seen.add(key);
        const verdict = probe.evaluate(after);
        const tried = { mappings: after, edits: [...state.edits, edit], verdict };
        if (reached(verdict)) found.push({ ...tried, size: sizeOf(tried.edits) });
        else if (goal === 'accept') next.push(tried);
        if (probe.evaluations % REPORT_EVERY === 0) yield { fields, evaluations: probe.evaluations - first };
      }
      if (next.length > MAX_REPLIES) break;
    }
    const cut = next.length > MAX_REPLIES;
    // Replacing a whole slot is one edit, but seldom what was meant: edits of two fields are tried as well.
    const enough =
      fields === 1 ? found.some(({ edits: [only] }) => only?.kind === 'field') : found.length > 0;
    if (enough || next.length === 0 || fields === maxFields || cut) {
      const complete = found.length > 0 || (next.length === 0 && !cut);
      const evaluations = probe.evaluations - first;
      return {
        goal,
        suggestions: offered(found, goal === 'accept' ? warns : undefined),
        fields,
        evaluations,
        complete,
      };
    }
    frontier = next;
  }
  throw new RangeError('maxFields must be at least 1');
}

/**
 * What a search starts from: the reply of an execution, and the core to ask. Null where there is nothing to search:
 * not an iomap_begin, an answer without mappings, or one that the transport refused.
 */
export function searchStart(
  module: WebAssembly.Module,
  scenario: Scenario,
  execution: Execution,
): { probe: Probe; mappings: Mappings } | null {
  const step = scenario.steps[execution.step];
  const { outcome, decided, reply } = execution;
  const judged = outcome === 'ok' || (outcome === 'refused' && decided !== null && decided.which !== null);
  if (step?.do !== 'iomap_begin' || !judged || reply?.read == null) return null;
  const mappings = mappingsOf(step.reply);
  const probe = Probe.of(module, scenario, execution.step);
  return mappings === null || probe === null ? null : { probe, mappings };
}

/** The search with one and two edits, in one go: for use while somebody types. */
export function nearest(probe: Probe, mappings: Mappings, { maxFields = 2 }: NearestOptions = {}): Nearest {
  const search = searchNearest(probe, mappings, { maxFields });
  for (;;) {
    const { done, value } = search.next();
    if (done) return value;
  }
}

/** What may be tried next on a reply. Nothing is edited twice. */
function edits(probe: Probe, { mappings, edits: made, verdict }: State, goal: Nearest['goal']): ReplyEdit[] {
  const { decided, path } = verdict;
  const places = goal === 'accept' && decided !== null ? fieldsOf(decided, mappings) : allPlaces(mappings);
  const free = places.filter(
    ({ slot, field }) =>
      !made.some((edit) => edit.kind === 'field' && edit.slot === slot && edit.field === field),
  );
  const checks = goal === 'accept' && decided !== null ? [decided] : path;
  const slots = [...new Set(places.map(({ slot }) => slot))].filter((slot) =>
    made.every((edit) => edit.slot !== slot),
  );
  return [
    ...free.flatMap((place) =>
      fieldEdits(
        probe,
        mappings,
        place,
        checks.filter(({ which }) => which === null || which === place.slot || mappings.write === null),
      ),
    ),
    ...slots.flatMap((slot) => slotEdits(probe, mappings, slot)),
  ];
}

const sizeOf = (made: readonly ReplyEdit[]): number => made.reduce((sum, edit) => sum + changeSize(edit), 0);

const nearer = (a: Suggestion, b: Suggestion): number => a.edits.length - b.edits.length || a.size - b.size;

/**
 * The nearest three, each about other fields; where there are fewer, other types and devices. Those that would be
 * warned about come after the others.
 */
function offered(found: readonly Suggestion[], warns: NearestOptions['warns']): Suggestion[] {
  const nearest = [...found].sort(nearer);
  const warned = new Set(warns ? nearest.slice(0, TRIED).filter(({ mappings }) => warns(mappings)) : []);
  const order = (a: Suggestion, b: Suggestion) =>
    Number(warned.has(a)) - Number(warned.has(b)) || nearer(a, b);
  const sorted = nearest.sort(order);
  const places = new Set<string>();
  const first = sorted.filter(({ edits: made }) => {
    const place = made.map(placeOf).sort().join(' ');
    return !places.has(place) && places.add(place);
  });
  const others = sorted.filter((one) => !first.includes(one) && one.edits.every(isNamed));
  return [...first, ...others].slice(0, OFFERED).sort(order);
}

const placeOf = (edit: ReplyEdit): string => `${edit.slot}.${edit.kind === 'field' ? edit.field : edit.kind}`;

/** Whether the value names one of several things, rather than an amount. */
const isNamed = (edit: ReplyEdit): boolean =>
  edit.kind === 'field' && (edit.field === 'type' || edit.field === 'dev');
