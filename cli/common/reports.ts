// SPDX-License-Identifier: MIT
import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { cleanJson } from '#engine/kernel/clean.ts';
import { failureLines } from '#engine/text/failure-lines.ts';
import { filefragLines } from '#engine/text/filefrag.ts';
import { runToJson } from '#engine/text/json.ts';
import { jsonLines } from '#engine/text/jsonl.ts';
import { Junit } from '#engine/text/junit.ts';
import type { Line, TextOptions } from '#engine/text/line.ts';
import { runText } from '#engine/text/run.ts';
import { Tap, isAsked, type FileResult, type Ran } from '#engine/text/tap.ts';
import { UsageError } from './args.ts';
import { callersFolder } from './files.ts';
import { headLines, outcomeOf, resultLines, totalLine, type Outcome } from './summary.ts';
import type { Terminal } from './terminal.ts';

/** What becomes of the results. They come one after the other, and none is kept. */
export interface Report {
  /** @param placeOf where a step stands in its file */
  file(result: FileResult, placeOf: (step: number) => string | null): void;
  end(): void;
}

export function tapReport(terminal: Terminal): Report {
  const tap = new Tap();
  const put = (lines: Iterable<string>) => {
    for (const line of lines) terminal.out(`${line}\n`);
  };
  put(tap.begin());
  return { file: (result) => put(tap.file(result)), end: () => put(tap.end()) };
}

/** Throws a UsageError if the file can't be written. */
export function junitReport(path: string): Report {
  let file: number;
  try {
    file = openSync(resolve(callersFolder(), path), 'w');
  } catch (error) {
    throw new UsageError(
      `run: --junit ${path} can't be written: ${(error as Error).message}`,
      'See run --help.',
    );
  }
  const junit = new Junit();
  const put = (lines: Iterable<string>) => {
    for (const line of lines) writeSync(file, `${line}\n`);
  };
  put(junit.begin());
  return {
    file: (result) => put(junit.file(result)),
    end() {
      put(junit.end());
      closeSync(file);
    },
  };
}

export function jsonlReport(terminal: Terminal): Report {
  return {
    file(result, placeOf) {
      for (const line of jsonLines(result, placeOf)) terminal.out(`${line}\n`);
    },
    end: () => undefined,
  };
}

/** A Run as JSON, or a list of them: a list if the command was given more than one file. */
export function jsonReport(terminal: Terminal, several: boolean): Report {
  let count = 0;
  const put = (value: unknown, indent: string) =>
    terminal.out(cleanJson(JSON.stringify(value, null, 2)).replace(/^/gm, indent));
  return {
    file(result) {
      const { name } = result;
      const ran = 'run' in result ? runToJson(result.run) : null;
      const error = 'run' in result ? [] : result.reasons;
      if (!several) return put(ran ?? { file: name, error }, '');
      terminal.out(count++ === 0 ? '[\n' : ',\n');
      put(ran === null ? { file: name, error } : { file: name, run: ran }, '  ');
    },
    end: () => terminal.out(!several ? '\n' : count === 0 ? '[]\n' : '\n]\n'),
  };
}

/** Steps as text, then the summary; `quiet` shows only the steps that failed. */
export function textReport(
  terminal: Terminal,
  options: TextOptions & { unfold: boolean; quiet: boolean },
): Report {
  const outcomes: (Outcome & { failed: Line[] })[] = [];
  let shown = 0;
  return {
    file(result) {
      const failed = 'run' in result ? failedLines(result, options) : [];
      if ('run' in result) {
        if (!options.quiet) terminal.lines(fileText(result, options, shown++ === 0));
        else {
          terminal.lines(failed);
          if (options.filefrag) terminal.lines(extentsOf(result));
        }
      }
      outcomes.push({ ...outcomeOf(result), failed: options.quiet ? [] : failed });
    },
    end() {
      if (!options.quiet) terminal.out('\n');
      for (const outcome of outcomes) terminal.lines([...resultLines(outcome, options), ...outcome.failed]);
      if (outcomes.length > 1) terminal.lines([totalLine(outcomes)]);
    },
  };
}

const failedLines = ({ name, scenario, failures }: Ran, options: TextOptions): Line[] =>
  failures.flatMap((failure) => failureLines(failure, scenario, name, options));

const extentsOf = (result: Ran): Line[] =>
  result.run.executions
    .filter(({ step }) => isAsked(result, step))
    .flatMap((execution) => filefragLines(execution, result.scenario));

function* fileText(
  { name, scenario, run, only }: Ran,
  options: TextOptions & { unfold: boolean },
  first: boolean,
): Generator<Line> {
  if (!first) yield { text: '', tone: 'plain' };
  yield* headLines(name, scenario.title, options);
  yield* runText(run, scenario, { ...options, ...(only === undefined ? {} : { only }) });
}
