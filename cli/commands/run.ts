// SPDX-License-Identifier: MIT
import { ordinal } from '#engine/kernel/ordinal.ts';
import { Runner } from '#engine/run/runner.ts';
import { foresee } from '#engine/run/foresee.ts';
import type { Foresee } from '#engine/run/foresee-types.ts';
import type { Run } from '#engine/run/types.ts';
import { retarget } from '#engine/scenario/revision.ts';
import { REVISIONS, type Revision } from '#engine/kernel/features.ts';
import { runToJson } from '#engine/text/json.ts';
import { clean, cleanJson } from '#engine/kernel/clean.ts';
import { prose } from '#engine/text/line.ts';
import type { Line, TextOptions } from '#engine/text/line.ts';
import { runText } from '#engine/text/run.ts';
import { mismatchText } from '#engine/text/step.ts';
import { tap } from '#engine/text/tap.ts';
import { UsageError, revisionNamed } from '../common/args.ts';
import { command } from '../common/command.ts';
import { loadCore } from '../common/core.ts';
import { load } from '../common/files.ts';
import { stoppedShort } from '#engine/run/stopped-short.ts';
import { headLines, resultLines, totalLine, type Result } from '../common/summary.ts';
import type { Terminal } from '../common/terminal.ts';
import { SERVER_NOTE, SERVER_OPTIONS, behindServer, chosenServer } from '../server/behind.ts';
import type { ServerChoice } from '../server/behind.ts';
import { eventLines } from '../server/event-lines.ts';

const MANUAL = {
  name: 'run',
  argument: 'FILE…',
  summary: 'run scenarios and explain each step',
  about: [
    'Runs each scenario and prints, for each step, the request, the reply, the checks and the verdict; then which ' +
      'expectations were not met. - is standard input.',
  ],
  options: {
    json: {
      type: 'boolean',
      about:
        'the Run as JSON: 64-bit values as decimal strings, bytes as hex. With several files, a list of ' +
        '{"file", "run"} and, for those that cannot be used, {"file", "error"}',
    },
    tap: {
      type: 'boolean',
      about:
        'a TAP version 14 report: a test for each step with expectations. A file without any has one: that its ' +
        'run came to its end',
    },
    quiet: { type: 'boolean', short: 'q', about: 'only what was not met, and the summary' },
    verbose: { type: 'boolean', short: 'v', about: 'a line for each check, with its operands' },
    unfold: {
      type: 'boolean',
      about: 'every execution of a step with "times", not only those whose verdict is new',
    },
    rev: {
      type: 'string',
      value: 'NAME',
      about:
        'answered by that revision of the patch series, whichever the scenario names: ' +
        REVISIONS.join(', '),
    },
    ascii: { type: 'boolean', about: 'nothing but ASCII in the text' },
    ...SERVER_OPTIONS,
  },
  notes: [
    SERVER_NOTE,
    'Colour is used on a terminal only, and not if NO_COLOR is set.',
    'Exit status: 0 all expectations met, 1 some not met or a run stopped, 2 a file cannot be used (the others ' +
      'still run).',
  ],
} as const;

export const run = command(MANUAL, async ({ values, positionals }, terminal) => {
  if (positionals.length === 0) throw new UsageError('run: no FILE was named', 'See run --help.');
  if (values.json && values.tap)
    throw new UsageError('run: --json and --tap are two different outputs', 'Choose one.');
  const asText = !values.json && !values.tap;
  const options: TextOptions & { unfold: boolean } = {
    width: terminal.width,
    ascii: values.ascii ?? false,
    verbose: values.verbose ?? false,
    unfold: values.unfold ?? false,
  };

  const server = chosenServer('run', values);
  const revision = values.rev === undefined ? null : revisionNamed('run', values.rev);

  const results: Result[] = [];
  for (const path of positionals) {
    const follow = asText && !values.quiet ? foresee : undefined;
    const result = await runFile(path, terminal, revision, server, follow);
    results.push(result);
    if ('run' in result) for (const line of eventLines(result)) terminal.err(`${line}\n`);
    if (asText && 'run' in result)
      terminal.lines(
        values.quiet ? unmetText(result, options) : fileText(result, options, results.length === 1),
      );
  }

  if (values.json) terminal.out(`${cleanJson(JSON.stringify(jsonOf(results), null, 2))}\n`);
  else if (values.tap) for (const line of tap(results)) terminal.out(`${line}\n`);
  else {
    if (!values.quiet) terminal.out('\n');
    terminal.lines(results.flatMap((result) => resultLines(result, options)));
    if (results.length > 1) terminal.lines([totalLine(results)]);
  }
  return exitStatus(results);
});

async function runFile(
  path: string,
  terminal: Terminal,
  revision: Revision | null,
  server: ServerChoice | null,
  follow?: Foresee,
): Promise<Result> {
  const loaded = await load(path, terminal);
  if ('reasons' in loaded) return loaded;
  const { name } = loaded;
  const scenario = revision === null ? loaded.scenario : retarget(loaded.scenario, revision);
  const core = await loadCore(scenario.kernel.revision, 'trace');
  if (server === null) return { name, scenario, run: new Runner(core, follow).run(scenario) };
  const done = await behindServer(server, { kind: 'run', core, scenario, foresee: follow !== undefined });
  if (!('run' in done)) throw new Error('the engine did another job');
  return { name, scenario, run: done.run };
}

function* fileText(
  { name, scenario, run }: Extract<Result, { run: Run }>,
  options: TextOptions & { unfold: boolean },
  first: boolean,
): Generator<Line> {
  if (!first) yield { text: '', tone: 'plain' };
  yield* headLines(name, scenario.title, options);
  yield* runText(run, scenario, options);
}

function* unmetText({ name, run }: Extract<Result, { run: Run }>, options: TextOptions): Generator<Line> {
  for (const mismatch of run.expectations.unmet) {
    const words = clean(mismatchText(mismatch), options.ascii);
    yield* prose('UNMET', `${name}: step ${ordinal(mismatch.step)}: ${words}`, options, 'fail');
  }
}

function jsonOf(results: readonly Result[]): unknown {
  const [only, ...others] = results;
  if (only !== undefined && others.length === 0) return 'run' in only ? runToJson(only.run) : errorJson(only);
  return results.map((result) =>
    'run' in result ? { file: result.name, run: runToJson(result.run) } : errorJson(result),
  );
}

function errorJson({ name, reasons }: Extract<Result, { reasons: string[] }>) {
  return { file: name, error: reasons };
}

function exitStatus(results: readonly Result[]): number {
  if (results.some((result) => 'reasons' in result)) return 2;
  const allMet = results.every(
    (result) =>
      'run' in result &&
      result.run.expectations.unmet.length === 0 &&
      (result.run.server?.events ?? []).length === 0 &&
      !stoppedShort(result.run, result.scenario),
  );
  return allMet ? 0 : 1;
}
