// SPDX-License-Identifier: MIT
import { ordinal } from '#engine/kernel/ordinal.ts';
import { foreseeAll } from '#engine/run/foresee-calls.ts';
import { stoppedShort } from '#engine/run/stopped-short.ts';
import { REVISIONS } from '#engine/kernel/features.ts';
import { count } from '#engine/checks/format.ts';
import type { FileResult } from '#engine/text/tap.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { UsageError, revisionNamed } from '../common/args.ts';
import { command } from '../common/command.ts';
import type { Input } from '../common/files.ts';
import { filterOf, inputs, isFolder } from '../common/inputs.ts';
import {
  jsonReport,
  jsonlReport,
  junitReport,
  tapReport,
  textReport,
  type Report,
} from '../common/reports.ts';
import { ranOf, type Settings } from '../common/running.ts';
import type { Terminal } from '../common/terminal.ts';
import { SERVER_NOTE, SERVER_OPTIONS, behindServer, chosenServer, timeoutOf } from '../server/behind.ts';
import { CODE_NOTE, RUN_SERVER_OPTION, needsPermission, playInChild } from '../server/code.ts';
import { eventLines } from '../server/event-lines.ts';

const MANUAL = {
  name: 'run',
  argument: 'FILE…',
  summary: 'run scenarios and explain each step',
  about: [
    'Runs each scenario and prints, for each step, the request, the reply, the checks and the verdict; then what was ' +
      'not as it should be. A FILE is a scenario in JSON, a folder (every .json file in it, however deep), a mail or ' +
      'any other text with cards, links and scenarios in it, or whatever else import takes; - is standard input.',
    'A step fails if an expectation of it is not met. It also fails if a reply was refused or not taken, or the step ' +
      'returned an error or was not called, unless its "ret" or "check" expects that; and if it has replies that ' +
      'were never asked for and expects neither "ret", "check" nor "requests".',
  ],
  options: {
    json: {
      type: 'boolean',
      about:
        'the Run as JSON: 64-bit values as decimal strings, bytes as hex. With several files or a folder, a list of ' +
        '{"file", "run"} and, for those that cannot be used, {"file", "error"}',
    },
    jsonl: {
      type: 'boolean',
      about:
        'a line of JSON for each step, with its verdict and its sentence, and one for each file: docs/FORMATS.md',
    },
    tap: {
      type: 'boolean',
      about:
        'a TAP version 13 report, which prove reads: a test for each step with expectations and each that failed. A ' +
        'file without any has one: that its run came to its end',
    },
    junit: { type: 'string', value: 'FILE', about: 'also writes a report in the XML of JUnit to FILE' },
    quiet: { type: 'boolean', short: 'q', about: 'only the steps that failed, and the summary' },
    verbose: { type: 'boolean', short: 'v', about: 'a line for each check, with its operands' },
    lenient: {
      type: 'boolean',
      about: 'only expectations count: a step that went wrong without expecting anything does not fail',
    },
    filter: {
      type: 'string',
      value: 'TEXT',
      about:
        'only scenarios with TEXT in their path or title, in capitals or not; /TEXT/ is a regular expression. None at ' +
        'all is exit status 2',
    },
    step: {
      type: 'string',
      value: 'N',
      about: 'runs up to step N, the first is 1, and tells of it alone',
    },
    extents: { type: 'boolean', about: 'the extents that a fiemap step found as filefrag -v prints them' },
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
    ...RUN_SERVER_OPTION,
  },
  notes: [
    SERVER_NOTE,
    CODE_NOTE,
    'Colour is used on a terminal only, and not if NO_COLOR is set.',
    'Exit status: 0 no step failed, 1 some failed or a run stopped, 2 a file cannot be used (the others still run).',
  ],
} as const;

export const run = command(MANUAL, async ({ values, positionals }, terminal) => {
  if (positionals.length === 0) throw new UsageError('run: no FILE was named', 'See run --help.');
  const outputs = (['json', 'jsonl', 'tap'] as const).filter((name) => values[name]);
  if (outputs.length > 1)
    throw new UsageError(
      `run: ${outputs.map((name) => `--${name}`).join(' and ')} are ${outputs.length === 2 ? 'two' : 'three'} different outputs`,
      'Choose one.',
    );
  const [output] = outputs;
  const server = chosenServer('run', values);
  const playing = values['run-server']
    ? (scenario: Scenario) => playInChild(scenario, timeoutOf('run', values['server-timeout']))
    : undefined;
  const settings: Settings = {
    revision: values.rev === undefined ? null : revisionNamed('run', values.rev),
    only: values.step === undefined ? undefined : stepIndex(values.step),
    strict: !values.lenient,
    follow: output === undefined && !values.quiet ? foreseeAll : undefined,
    play: playing,
    behind:
      server === null
        ? undefined
        : async (core, scenario, foreseen) => {
            const done = await behindServer(server, { kind: 'run', core, scenario, foresee: foreseen });
            if (!('run' in done)) throw new Error('the engine did another job');
            return done.run;
          },
  };
  const filter = filterOf('run', values.filter);
  const text = {
    width: terminal.width,
    ascii: values.ascii ?? false,
    verbose: values.verbose ?? false,
    filefrag: values.extents ?? false,
    unfold: values.unfold ?? false,
    quiet: values.quiet ?? false,
  };
  const several = positionals.length > 1 || (await isFolder(positionals[0]!));
  const reports: Report[] = [
    ...(values.junit === undefined ? [] : [junitReport(values.junit)]),
    output === 'json'
      ? jsonReport(terminal, several)
      : output === 'jsonl'
        ? jsonlReport(terminal)
        : output === 'tap'
          ? tapReport(terminal)
          : textReport(terminal, text),
  ];

  let [ran, unusable, failed] = [0, 0, 0];
  for await (const input of inputs(positionals, terminal, filter)) {
    ran++;
    const result = await resultOf(input, settings, terminal);
    const placeOf = (step: number) => ('reasons' in input ? null : input.placeOf(['steps', step]));
    for (const report of reports) report.file(result, placeOf);
    if ('reasons' in result) {
      unusable++;
      continue;
    }
    for (const line of eventLines(result)) terminal.err(`${line}\n`);
    const events = result.run.server?.events ?? [];
    if (result.failures.length > 0 || events.length > 0 || stoppedShort(result.run, result.scenario))
      failed++;
  }
  for (const report of reports) report.end();
  if (ran === 0) terminal.err(`run: --filter ${values.filter}: no scenario has this in its path or title\n`);
  return ran === 0 || unusable > 0 ? 2 : failed > 0 ? 1 : 0;
});

async function resultOf(input: Input, settings: Settings, terminal: Terminal): Promise<FileResult> {
  if ('reasons' in input) return input;
  const { name } = input;
  const blocked = needsPermission(input.scenario, settings);
  if (blocked !== null) return refuse(name, blocked, terminal);
  const { steps } = input.scenario;
  const { only } = settings;
  if (only === undefined || only < steps.length) return ranOf(input, settings);
  const why = `there is no step ${ordinal(only)}: it has ${count(steps.length, 'step')}`;
  return refuse(name, why, terminal);
}

function refuse(name: string, why: string, terminal: Terminal): FileResult {
  const reasons = [`${name}: ${why}`];
  for (const reason of reasons) terminal.err(`${reason}\n`);
  return { name, reasons };
}

function stepIndex(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text) - 1;
  throw new UsageError(
    `run: --step ${text}: expected the number of a step, the first is 1`,
    'See run --help.',
  );
}
