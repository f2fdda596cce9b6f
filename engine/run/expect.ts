// SPDX-License-Identifier: MIT
import type { Expectation } from '../scenario/schema.ts';
import type { Revision } from '../kernel/features.ts';
import { has } from '../kernel/has-feature.ts';
import { compare, compareBounds, type Found } from './expect-compare.ts';
import { biosOf, compareIo, requestsOf, type ObservedBytes } from './expect-io.ts';
import type { Tracker } from './state.ts';
import type { Execution, Mismatch } from './types.ts';

/** In place of a cursor, where ids are not handed out in turn. */
const NO_CURSOR = 'no cursor: the lowest free id is the next';

/** What an execution offers to be compared with `expect`, in the same shape. */
function observed(
  execution: Execution,
  table: Tracker,
  expected: Expectation,
  revision: Revision,
): { [key: string]: unknown } {
  const { outcome, ret, decided } = execution;
  // An ioend alone has one request at most.
  const [only] = execution.do === 'iomap_ioend' ? (execution.io?.calls ?? []) : [];
  const request = execution.request ?? only?.request ?? null;
  // Of an I/O step: the first refusal among its calls.
  const refusal = decided ?? execution.io?.calls.find((call) => call.decided !== null)?.decided;
  const ids = Object.keys(expected.table?.entries ?? {});
  const cursor = has(revision, 'LOWEST_FREE_ID') ? NO_CURSOR : table.cursor;
  const entries = ids.map((id) => [id, table.entry(Number(id)) ?? null]);
  return {
    ret: foundInstead(expected, execution) ?? ret ?? outcome,
    check: refusal?.check ?? null,
    which: refusal?.which ?? null,
    iomap: execution.iomap,
    srcmap: execution.srcmap,
    request,
    sent: request !== null || (execution.io?.calls.some((call) => call.request !== null) ?? false),
    message: request,
    table: { live: table.live, cursor, entries: Object.fromEntries(entries) },
  };
}

/**
 * Of fiemap and bmap `ret` above 0 means the extents that were counted, or the block: so it was before they had
 * fields of their own.
 */
function foundInstead({ ret }: Expectation, { io }: Execution): bigint | null {
  return typeof ret === 'bigint' && ret > 0n ? (io?.mappedExtents ?? io?.block ?? null) : null;
}

/** Fields that compareIo() looks at. */
const IO_FIELDS = [
  'data',
  'requests',
  'bios',
  'contents',
  'size',
  'diskSize',
  'extents',
  'mappedExtents',
  'block',
];

/** How many fields `expect` names, and which of them the execution does not have. `table` is as it is after it. */
export function checkExpectation(
  expected: Expectation | undefined,
  execution: Execution,
  table: Tracker,
  bytes: ObservedBytes,
  revision: Revision,
): { looked: number; unmet: Mismatch[] } {
  const place = { execution: execution.index, step: execution.step };
  if (expected === undefined) {
    const unanswered = missingIn(execution);
    return unanswered === null
      ? { looked: 0, unmet: [] }
      : { looked: 1, unmet: [{ ...place, ...missingReply(unanswered) }] };
  }
  const { not, atLeast, atMost, ...fields } = expected;
  const found: Found = { looked: 0, unmet: [] };
  compareFields(fields, execution, table, bytes, found, revision);
  const numbers = () => ({
    ...observed(execution, table, fields, revision),
    ...execution.io,
    size: execution.io?.sizeBytes,
    diskSize: execution.io?.diskSizeBytes,
    requests: requestsOf(execution.io),
    bios: biosOf(execution.io, execution.changes),
  });
  if (atLeast !== undefined) compareBounds(['atLeast'], atLeast, numbers(), found);
  if (atMost !== undefined) compareBounds(['atMost'], atMost, numbers(), found);
  if (not !== undefined) {
    const other: Found = { looked: 0, unmet: [] };
    compareFields(not, execution, table, bytes, other, revision);
    found.looked++;
    if (other.unmet.length === 0)
      found.unmet.push({ path: ['not'], expected: 'something else', actual: 'this' });
  }
  const unanswered = missingIn(execution);
  // A scenario that lacks an answer is at fault itself, unless it says that it means to.
  if (unanswered !== null && expected.ret !== 'waiting') {
    found.looked++;
    found.unmet.push(missingReply(unanswered));
  }
  return { looked: found.looked, unmet: found.unmet.map((mismatch) => ({ ...place, ...mismatch })) };
}

function compareFields(
  expected: Expectation,
  execution: Execution,
  table: Tracker,
  bytes: ObservedBytes,
  found: Found,
  revision: Revision,
): void {
  const actual = observed(execution, table, expected, revision);
  for (const [name, value] of Object.entries(expected)) {
    if (!IO_FIELDS.includes(name)) compare([name], value, actual[name], found);
  }
  compareIo(expected, execution, bytes, found);
}

/** A request that the replies of the step lack an answer to. What a live server owes is not the scenario's fault. */
const missingIn = ({ io }: Execution): string | null =>
  io?.unansweredBy === undefined ? (io?.unanswered ?? null) : null;

function missingReply(request: string): Found['unmet'][number] {
  return { path: ['replies'], expected: `a reply to ${request}`, actual: 'none is left' };
}
