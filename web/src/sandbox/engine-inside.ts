// SPDX-License-Identifier: MIT
/**
 * What runs inside of the sandbox beside the code of a server: one classic script without imports, since nothing can be
 * loaded there. It waits for its job. The code itself is appended to it as a function (see text.ts).
 */
import { playCode, type ServerModule } from '#engine/server-code/play-code.ts';
import type { Scenario } from '#engine/scenario/schema.ts';

export interface SandboxJob {
  core: ArrayBuffer;
  scenario: Scenario;
  linesBefore: number;
  lines: number;
}

const scope = self as unknown as Record<string, unknown>;
// A worker of a worker would go on when this one is ended; the frame's policy keeps the rest away.
for (const name of ['Worker', 'SharedWorker']) Reflect.deleteProperty(scope, name);

scope['serve'] = (module: ServerModule) => {
  self.onmessage = ({ data, ports }: MessageEvent<SandboxJob>) => {
    self.onmessage = null;
    const [port] = ports;
    if (port === undefined) return;
    const { core, scenario, linesBefore, lines } = data;
    const tell = port.postMessage.bind(port);
    playCode({
      core: new WebAssembly.Module(core),
      scenario,
      module,
      place: { linesBefore, lines },
      tell: (batch) => tell(batch),
    });
  };
};
