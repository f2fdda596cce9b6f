// SPDX-License-Identifier: MIT
/** Runs the code of a scenario's server in this process, for tests: what it says is recorded as the sandbox records it. */
import { runInThisContext } from 'node:vm';
import { Collector } from '#engine/server-code/collect.ts';
import { playCode, type ServerModule } from '#engine/server-code/play-code.ts';
import { transpile } from '#engine/server-code/transpile.ts';
import type { Scenario } from '#engine/scenario/schema.ts';

/** What was told; every batch went through a copy, as between processes. Throws if the code can't be read. */
export function heardOf(core: WebAssembly.Module, scenario: Scenario): Collector {
  const made = transpile(scenario.server ?? '');
  if ('message' in made) throw new Error(`line ${made.line}: ${made.message}`);
  const text = `(function (exports, require, module, log, console) {\n${made.code}\n})`;
  const collector = new Collector();
  playCode({
    core,
    scenario,
    module: runInThisContext(text, { filename: 'server.ts' }) as ServerModule,
    place: { linesBefore: 1, lines: made.code.split('\n').length },
    tell: (batch) => {
      if (!collector.hear(structuredClone(batch))) throw new Error('a batch was not taken');
    },
  });
  return collector;
}

/** The scenario with what its server said; one without a server as it is. */
export function playedOf(core: WebAssembly.Module, scenario: Scenario): Scenario {
  return scenario.server === undefined
    ? scenario
    : { ...scenario, recorded: heardOf(core, scenario).record(null) };
}
