// SPDX-License-Identifier: MIT
/** The nearest accepted reply in words, for a report that has no place to offer more of them. */
import type { Execution } from '../run/types.ts';
import type { BeginReply, Scenario, StepOf } from '../scenario/schema.ts';
import { run } from '../run/runner.ts';
import { nearestOffer } from './nearest-answer.ts';

/**
 * The least edit that makes a refused reply accepted: `read.dev 2 → 1`. Of an I/O step it is about the first reply that
 * was refused. Null if no reply was judged, or none near it is accepted.
 */
export function nearestAccepted(
  module: WebAssembly.Module,
  scenario: Scenario,
  execution: Execution,
): string | null {
  const asked = execution.io === null ? { scenario, execution } : asBegin(module, scenario, execution);
  if (asked === null) return null;
  const search = nearestOffer(module, asked.scenario, asked.execution);
  for (;;) {
    const { done, value } = search.next();
    if (done) return value?.goal === 'accept' ? (value.alternatives[0]?.text ?? null) : null;
  }
}

/** The refused call of an I/O step as an iomap_begin in the step's place. */
function asBegin(
  module: WebAssembly.Module,
  scenario: Scenario,
  { io, step }: Execution,
): { scenario: Scenario; execution: Execution } | null {
  const call = io?.calls.find(({ outcome }) => outcome === 'refused');
  const asking = scenario.steps[step];
  if (call?.do !== 'iomap_begin' || call.request === null || call.reply?.read == null) return null;
  const { read, write, writeFilledIn } = call.reply;
  const reply: BeginReply = write === null || writeFilledIn ? { read } : { read, write };
  const { opflags: op, pos, count } = call.request;
  const inode = asking !== undefined && 'inode' in asking ? asking.inode : undefined;
  const begin: StepOf<'iomap_begin'> = {
    ...{ do: 'iomap_begin', op, pos, count, reply, times: 1 },
    ...(inode === undefined ? {} : { inode }),
  };
  const alone = { ...scenario, steps: [...scenario.steps.slice(0, step), begin] };
  const refused = run(module, alone).executions.findLast((one) => one.step === step);
  return refused === undefined ? null : { scenario: alone, execution: refused };
}
