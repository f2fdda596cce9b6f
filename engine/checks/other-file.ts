// SPDX-License-Identifier: MIT
import { ordinal } from '../kernel/ordinal.ts';
import { IOMAP_F } from '../kernel/names.ts';
import { deviceOrigins } from '../run/device-origins.ts';
import type { BioEvent, Execution, IoCall, IoEvent, Iomap, Run } from '../run/types.ts';
import { resolveInodes } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';
import { num } from './format.ts';
import { says, type Consequence } from './consequence.ts';

/** A read looks at this many bytes of a request at most: which file they are of shows at once. */
const MOST_BYTES = 1n << 20n;

/**
 * Reads of sectors into which the run wrote another file's bytes: no error tells of it. Blocks that a mapping calls
 * SHARED are meant to be of several files.
 *
 * @param index the execution that reads, or whose mapping a read was tried with
 * @param events what was read
 * @param maps the mappings that it was read with
 */
export function ofOtherFile(
  run: Run,
  scenario: Scenario,
  index: number,
  events: readonly IoEvent[],
  maps: readonly Pick<Iomap, 'flags' | 'offset' | 'length'>[],
): Consequence | null {
  const execution = run.executions[index]!;
  const own = fileOf(execution, scenario);
  const shared = ({ pos }: BioEvent) =>
    maps.some(
      ({ flags, offset, length }) => (flags & IOMAP_F.SHARED) !== 0 && offset <= pos && pos < offset + length,
    );
  for (const bio of events) {
    if (bio.kind !== 'bio' || bio.op !== 'read' || bio.error !== 0 || shared(bio)) continue;
    const bytes = Number(bio.lengthBytes < MOST_BYTES ? bio.lengthBytes : MOST_BYTES);
    const spans = deviceOrigins(run, scenario, index - 1, bio.device, bio.sector << 9n, bytes);
    const foreign = spans.find(({ file }) => file !== null && file !== own);
    if (foreign?.file == null) continue;
    const writer = foreign.execution === null ? null : run.executions[foreign.execution];
    const by = writer
      ? ` what step ${ordinal(writer.step)} wrote of file ${foreign.file}`
      : ` bytes of ${foreign.file}`;
    return says(
      'other-file',
      `Sector ${num(foreign.pos >> 9n)} of ${bio.device} holds${by}: read as file ${own}, it returns those bytes.`,
    );
  }
  return null;
}

/** The mappings that the calls of an I/O step were told. */
export const mapsOf = (calls: readonly IoCall[]): Iomap[] =>
  calls.flatMap(({ iomap, srcmap }) => [iomap, srcmap].filter((map) => map !== null));

/** The name of the inode that a step is about. */
function fileOf({ step, request }: Execution, scenario: Scenario): string {
  const inodes = resolveInodes(scenario);
  const of = scenario.steps[step];
  if (of !== undefined && 'inode' in of && of.inode !== undefined) return of.inode;
  return (
    [...inodes.values()].find(({ nodeid }) => nodeid === request?.nodeid)?.name ?? [...inodes.keys()][0] ?? ''
  );
}
