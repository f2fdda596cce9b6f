// SPDX-License-Identifier: MIT
/**
 * A process that runs a scenario with the code of its server, and tells what it said. The code sees no more than the
 * language, in a context of its own; code that breaks out of it is in a process that may read nothing but this program.
 */
import { createContext, Script } from 'node:vm';
import { playCode, type ServerModule } from '#engine/server-code/play-code.ts';
import type { CodeChildJob } from './code-job.ts';

process.once('message', (job: CodeChildJob) => {
  const lines = job.code.split('\n').length;
  const text = `(function (exports, require, module, log, console) {\n${job.code}\n})`;
  playCode({
    core: new WebAssembly.Module(job.core as Uint8Array<ArrayBuffer>),
    scenario: job.scenario,
    // Made within, so that text that can't be read is told like any other fault.
    module: (...args) => {
      const script = new Script(text, { filename: 'server.ts' });
      (script.runInContext(createContext({})) as ServerModule)(...args);
    },
    place: { linesBefore: 1, lines },
    tell: (batch) => process.send!(batch),
  });
  process.disconnect();
});
