// SPDX-License-Identifier: MIT
import { count } from '#engine/checks/format.ts';
import { clean } from '#engine/kernel/clean.ts';
import { grouped } from '#engine/kernel/digits.ts';
import { REVISIONS } from '#engine/kernel/features.ts';
import { documentOf } from '#engine/scenario/plain-json.ts';
import { printScenario } from '#engine/scenario/print.ts';
import { retarget } from '#engine/scenario/revision.ts';
import { UsageError, revisionNamed } from '../common/args.ts';
import { command } from '../common/command.ts';
import { loadCore } from '../common/core.ts';
import { load } from '../common/files.ts';
import { SERVER_NOTE, SERVER_OPTIONS, behindServer, chosenServer } from '../server/behind.ts';

const OPS = 10_000;
const SEED = 1;

/** The machine without a FILE: two files, on devices of which every sector says where it is. */
const MACHINE = {
  format: 1,
  devices: {
    vda: { size: '2M', contents: 'pattern' },
    vdb: { size: '2M', contents: 'pattern' },
  },
  inodes: { a: { size: 50_000 }, b: { size: 50_000 } },
  steps: [],
};

const MANUAL = {
  name: 'fuzz',
  argument: '[FILE]',
  summary: 'do random operations with a server',
  about: [
    'Reads, writes, truncates, zeroes, unshares and syncs files at random, buffered and direct, with a server behind ' +
      'the kernel, and compares every byte with what was written. Also wrong: an answer that the kernel refuses, a ' +
      'WARN, an error that nobody gave. What goes wrong is made shorter and printed as a scenario.',
    'The machine is that of FILE, whose steps are not done; without it, two files of 50,000 bytes and two devices.',
  ],
  options: {
    ...SERVER_OPTIONS,
    ops: { type: 'string', value: 'N', about: `how many operations; ${grouped(OPS)} if left out` },
    seed: { type: 'string', value: 'S', about: `draws the operations; ${SEED} if left out` },
    faults: {
      type: 'boolean',
      about: 'devices fail now and then; what was promised must be there all the same',
    },
    replay: {
      type: 'boolean',
      about: 'do the steps of FILE, which fuzz printed, once more and say whether they still go wrong',
    },
    rev: {
      type: 'string',
      value: 'NAME',
      about: `answered by that revision of the patch series: ${REVISIONS.join(', ')}`,
    },
  },
  notes: [SERVER_NOTE, 'Exit status: 0 nothing went wrong, 1 something did, 2 FILE cannot be used.'],
} as const;

export const fuzz = command(MANUAL, async ({ values, positionals }, terminal) => {
  const server = chosenServer('fuzz', values);
  if (server === null) throw new UsageError('fuzz: --server is missing', 'See fuzz --help.');
  const [path, second] = positionals;
  if (second !== undefined)
    throw new UsageError(`fuzz: one FILE is expected, '${second}' is a second`, 'See fuzz --help.');
  const again = values.replay ?? false;
  if (again && path === undefined)
    throw new UsageError('fuzz: --replay needs the FILE that fuzz printed', 'See fuzz --help.');
  const ops = numberOf('ops', values.ops, OPS);
  if (ops === 0)
    throw new UsageError('fuzz: --ops 0: nothing would be looked at', 'One operation is the least.');
  const seed = numberOf('seed', values.seed, SEED);

  const loaded = path === undefined ? machine() : await load(path, terminal);
  if ('reasons' in loaded) return 2;
  const revision = values.rev === undefined ? null : revisionNamed('fuzz', values.rev);
  const scenario = revision === null ? loaded.scenario : retarget(loaded.scenario, revision);
  const value = withRevision(loaded.document.value, scenario.kernel.revision);
  const core = await loadCore(scenario.kernel.revision, 'trace');
  const faults = values.faults ?? false;
  const done = await behindServer(server, { kind: 'fuzz', core, value, ops, seed, faults, replay: again });
  if ('replayed' in done) {
    const { replayed } = done;
    terminal.out(
      replayed === null
        ? 'ok: nothing goes wrong\n'
        : `step ${replayed.at + 1}: ${clean(replayed.problem)}\n`,
    );
    return replayed === null ? 0 : 1;
  }
  if (!('fuzzed' in done)) throw new Error('the engine did another job');
  const { failure, done: many } = done.fuzzed;
  if (failure === null) {
    terminal.out(`ok: ${operations(many)}, and no byte is different\n`);
    return 0;
  }
  terminal.out(printScenario(failure.document));
  terminal.err(
    `after ${operations(many)}: ${clean(failure.problem)}\n` +
      `a run of ${count(failure.steps, 'step')} shows it; the seed of its run is ${failure.seed}\n`,
  );
  return 1;
});

const operations = (many: number): string => (many === 1 ? '1 operation' : `${many} operations`);

function machine(): { scenario: ReturnType<typeof scenarioOf>; document: ReturnType<typeof documentOf> } {
  const document = documentOf(MACHINE);
  return { document, scenario: scenarioOf(document) };
}

const scenarioOf = ({ scenario }: ReturnType<typeof documentOf>) => scenario!;

/** The document with the revision that answers. */
function withRevision(value: ReturnType<typeof documentOf>['value'], revision: string) {
  const document = value as { [key: string]: typeof value };
  return { ...document, kernel: { ...(document['kernel'] as object), revision } };
}

function numberOf(name: string, text: string | undefined, without: number): number {
  if (text === undefined) return without;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`fuzz: --${name}: '${text}' is not a whole number`, 'See fuzz --help.');
}
