// SPDX-License-Identifier: MIT
import { ordinal } from '../kernel/ordinal.ts';
import { stoppedShort } from '../run/stopped-short.ts';
import type { Run } from '../run/types.ts';
import type { ServerEvent } from '../server/fuse-server.ts';
import { expectedOf } from '../scenario/expected.ts';
import type { Scenario } from '../scenario/schema.ts';
import { clean } from '../kernel/clean.ts';
import type { Failure } from './failures.ts';

/** The result of one file. */
export type FileResult =
  | Ran
  /** It could not be used; one line for each reason. */
  | { name: string; reasons: string[] };

/** A scenario that was run. */
export interface Ran {
  name: string;
  scenario: Scenario;
  run: Run;
  failures: Failure[];
  /** Index of the one step that is asked about; left out for all. */
  only?: number | undefined;
}

/** Whether a step is one that is asked about. */
export const isAsked = ({ only }: Ran, step: number): boolean => only === undefined || only === step;

/** One test: a step that expects something or failed, all its repeats together, or a whole file. */
export interface TestPoint {
  /** Index of the step; null for a test about the file. */
  step: number | null;
  name: string;
  failure: Failure | null;
  /** Of a file that can't be used, or of a run that did not come to its end: why, a sentence each. */
  trouble: { message: string; reasons: string[] } | null;
}

/** The tests of a file, one at least. Without a step to tell of there is one: that the run came to its end. */
export function testPoints(result: FileResult): TestPoint[] {
  if ('reasons' in result) {
    const trouble = { message: 'the file cannot be used', reasons: result.reasons };
    return [{ step: null, name: 'the file can be used', failure: null, trouble }];
  }
  const { scenario, run, failures } = result;
  const failed = new Map(failures.map((failure) => [failure.step, failure]));
  const points = scenario.steps.flatMap((step, index): TestPoint[] => {
    const failure = failed.get(index) ?? null;
    if (!isAsked(result, index)) return [];
    if (failure === null && expectedOf(step, run.revision) === undefined) return [];
    return [{ step: index, name: `step ${ordinal(index)} ${step.do}`, failure, trouble: null }];
  });
  const short = stoppedShort(run, scenario);
  const trouble = short
    ? { message: 'the run stopped', reasons: run.stopped === null ? [] : [run.stopped.message] }
    : null;
  const ended = { step: null, name: 'the run came to its end', failure: null, trouble };
  const events = serverPoint(result);
  return [...points, ...events, ...(points.length + events.length === 0 || short ? [ended] : [])];
}

/** A server that did what no server can do has failed, whatever the steps expect. */
function serverPoint({ run }: Ran): TestPoint[] {
  const events = run.server?.events ?? [];
  if (events.length === 0) return [];
  const reasons = events.slice(0, EVENTS_TOLD).map((event) => eventWords(run, event));
  const more = events.length - reasons.length;
  if (more > 0) reasons.push(`and ${more} more`);
  const trouble = { message: 'the server did what no server can do', reasons };
  return [{ step: null, name: 'the server answers as a server can', failure: null, trouble }];
}
const EVENTS_TOLD = 20;

/** An event of a live server in one line: `step 3: timeout: FUSE_IOMAP_BEGIN …: no answer within 5000 ms`. */
export function eventWords(run: Run, { execution, kind, request, message }: ServerEvent): string {
  const step = run.executions[execution]?.step;
  const where = step === undefined ? 'at the start' : `step ${ordinal(step)}`;
  return `${where}: ${kind}: ${clean(`${request}: ${message}`)}`;
}

/**
 * The Test Anything Protocol, version 13, file by file: nothing of a file is kept after it was told. The plan stands at
 * the end.
 */
export class Tap {
  #count = 0;

  *begin(): Generator<string> {
    yield 'TAP version 13';
  }

  *file(result: FileResult): Generator<string> {
    const file = tapText(result.name);
    for (const { name, failure, trouble } of testPoints(result)) {
      const good = failure === null && trouble === null;
      yield `${good ? 'ok' : 'not ok'} ${++this.#count} - ${file}: ${name}`;
      if (failure !== null) yield* failed(failure);
      if (trouble !== null) yield* tapBlock({ message: trouble.message, reason: trouble.reasons });
    }
  }

  *end(): Generator<string> {
    yield `1..${this.#count}`;
  }
}

const MESSAGES: Readonly<Record<Failure['kind'], string>> = {
  unmet: 'expectations not met',
  unexpected: 'went wrong, and nothing expects it',
  'not-reached': 'not reached',
};

function failed({ kind, reasons, place, facts }: Failure): Generator<string> {
  const values: Record<string, string | readonly string[]> = { message: MESSAGES[kind] };
  if (place !== null) values['at'] = place;
  values['reason'] = reasons;
  for (const { label, text } of facts) values[label] = text;
  return tapBlock(values);
}

/** A text as a description of a test: `#` would begin a directive. */
export function tapText(text: string): string {
  return clean(text).replace(/\\/g, '\\\\').replace(/#/g, '\\#');
}

/**
 * A YAML block; JSON strings are YAML strings. It has no lists: prove takes an item that begins with a word and a colon
 * for a map, whatever its quotation marks.
 */
export function* tapBlock(values: Readonly<Record<string, string | readonly string[]>>): Generator<string> {
  yield '  ---';
  for (const [key, value] of Object.entries(values)) {
    const all = typeof value === 'string' ? [value] : value;
    for (const [i, one] of all.entries())
      yield `  ${i === 0 ? key : `${key}_${ordinal(i)}`}: ${JSON.stringify(clean(one))}`;
  }
  yield '  ...';
}
