// SPDX-License-Identifier: MIT
import { capture as captureRun } from '#engine/run/capture.ts';
import { Runner } from '#engine/run/runner.ts';
import { documentHasAnswers } from '#engine/scenario/answers.ts';
import { printScenario } from '#engine/scenario/print.ts';
import { clean } from '#engine/kernel/clean.ts';
import { UsageError, onlyArgument } from '../common/args.ts';
import { command } from '../common/command.ts';
import { loadCore } from '../common/core.ts';
import { load } from '../common/files.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { SERVER_NOTE, SERVER_OPTIONS, behindServer, chosenServer, timeoutOf } from '../server/behind.ts';
import { CODE_NOTE, RUN_SERVER_OPTION, playInChild } from '../server/code.ts';
import { eventLines } from '../server/event-lines.ts';

const MANUAL = {
  name: 'capture',
  argument: 'FILE',
  summary: 'write down what a server answers',
  about: [
    'Runs a scenario with a server behind the kernel, and prints it with the replies that the server gave, so that it ' +
      'needs no server any more. The devices that the server registered are steps at the beginning. A scenario with ' +
      '"extents" needs no --server: its replies are what the extents answered. Nor does one with the code of a server, ' +
      'which --run-server runs.',
  ],
  options: { ...SERVER_OPTIONS, ...RUN_SERVER_OPTION },
  notes: [
    'What no scenario can repeat is told on standard error.',
    SERVER_NOTE,
    CODE_NOTE,
    'Exit status: 0 it says the same without the server, 1 something could not be written down or the server did what ' +
      'no server can, 2 FILE cannot be used.',
  ],
} as const;

export const capture = command(MANUAL, async ({ values, positionals }, terminal) => {
  const path = onlyArgument('capture', 'FILE', positionals);
  const server = chosenServer('capture', values);
  const loaded = await load(path, terminal);
  if ('reasons' in loaded) return 2;
  const { name, scenario, document } = loaded;
  if (server === null && !documentHasAnswers(document.value))
    throw new UsageError(
      'capture: --server is missing, and the scenario has no "extents" that answer',
      'See capture --help.',
    );
  if (server === null && scenario.server !== undefined && !values['run-server'])
    throw new UsageError(
      'capture: the scenario has the code of a server, which only --run-server runs',
      'Read the code first: capture --help says what it may do.',
    );
  const core = await loadCore(scenario.kernel.revision, 'trace');
  const done =
    server === null
      ? { run: new Runner(core).run(await answered(scenario, values['server-timeout'])) }
      : await behindServer(server, { kind: 'run', core, scenario, foresee: false });
  if (!('run' in done)) throw new Error('the engine did another job');
  const { value, notes } = captureRun(document.value, scenario, done.run);
  terminal.out(printScenario(value));
  const lines = [...eventLines({ name, run: done.run }), ...notes.map((note) => `${name}: ${clean(note)}`)];
  for (const line of lines) terminal.err(`${line}\n`);
  return lines.length === 0 ? 0 : 1;
});

/** The scenario with what the code of its server said, if it has any. */
async function answered(scenario: Scenario, timeout: string | undefined): Promise<Scenario> {
  if (scenario.server === undefined) return scenario;
  return { ...scenario, recorded: await playInChild(scenario, timeoutOf('capture', timeout)) };
}
