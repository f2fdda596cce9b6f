// SPDX-License-Identifier: MIT
/**
 * Scenario format 1: one schema for the TypeScript types, the validation, the canonical print and the editor's
 * JSON Schema.
 *
 * The format only grows. Defaults are part of it: what a scenario leaves out means the same for ever.
 */
import * as v from 'valibot';
import { array, describe, described, object, record, text } from './build.ts';
import type { LeftOut } from './left-out.ts';
import { CAPS, FORMAT } from './caps.ts';
import type { expectation } from './expectation.ts';
import { connection, device, fd, inode, kernel, superblock, type capability } from './machine.ts';
import type { IO_STEPS } from './io-names.ts';
import type { ServerRecord } from './server-record.ts';
import type { StepName } from './step-names.ts';
import type { beginReplies, beginReply, endReplies, endReply, ioendReplies } from './reply.ts';
import { stepSchema } from './steps.ts';
import { small } from './integer-leaf.ts';
import { decimal, key } from './values.ts';

export { CAPS } from './caps.ts';

const format = v.pipe(
  v.literal(BigInt(FORMAT), (issue) => describe(`${FORMAT}`, issue.input)),
  v.metadata({ spell: (value: number) => BigInt(value), jsonSchema: { const: FORMAT } }),
  v.description('The scenario format: 1.'),
  v.transform(Number),
);

/** Everything but the steps: with them the type of the schema would be longer than a declaration may be. */
const machineSchema = object({
  $schema: described(v.optional(text(CAPS.noteChars)), 'For an editor.'),
  format,
  title: described(v.optional(text(CAPS.titleChars), ''), 'One line.'),
  notes: described(v.optional(text(CAPS.notesChars), ''), 'Markdown.'),
  show: v.optional(
    small({
      min: 0n,
      max: BigInt(CAPS.steps - 1),
      description: 'The step to show when the file is opened, an index from 0. Left out: the first.',
    }),
  ),
  kernel: described(v.optional(kernel, {}), 'The kernel that answers.'),
  connection: described(v.optional(connection, {}), 'The FUSE connection and the server process.'),
  devices: described(
    v.optional(record(key, device, CAPS.devices), { vda: {} }),
    'Block devices by name. Left out: one, vda.',
  ),
  fds: described(
    v.optional(record(decimal(0, 0x7fff_ffff, 'a file descriptor'), fd, CAPS.fds)),
    "The server's file descriptors by number. Left out: 3 for the first device, 4 for the second, …",
  ),
  superblock: described(v.optional(superblock, {}), 'The mounted filesystem.'),
  inodes: described(
    v.optional(record(key, inode, CAPS.inodes), { a: {} }),
    'Inodes by name. Left out: one, a.',
  ),
  server: described(
    v.optional(text(CAPS.serverChars)),
    'TypeScript of a server, which answers what the steps leave open.',
  ),
});

export type Step = v.InferOutput<typeof stepSchema>;
type MachinePart = v.InferOutput<typeof machineSchema>;
/** A scenario as the engine uses it: every default filled in, 64-bit values as bigint. */
export interface Scenario extends MachinePart {
  steps: Step[];
  /** What the code of `server` said; no document has it. Without it, and without a live server, there is no run. */
  recorded?: ServerRecord;
}

export const scenarioSchema: v.GenericSchema<unknown, Scenario> = object({
  ...machineSchema.entries,
  steps: described(array(stepSchema, CAPS.steps), 'What happens, in order.'),
});
export type { StepName } from './step-names.ts';
/** Both lists of names hold the same: else one of the two types is not `true`, and this does not compile. */
export const STEP_NAMES_AGREE: [
  StepName extends Step['do'] ? true : never,
  Step['do'] extends StepName ? true : never,
] = [true, true];
export type StepOf<N extends StepName> = Extract<Step, { do: N }>;
/** A reply of iomap_begin; one that the step left out is all zeros, and says so. */
export type BeginReply = v.InferOutput<typeof beginReply> & LeftOut;
/** A reply of iomap_end; one that the step left out is an error of 0, and says so. */
export type EndReply =
  v.InferOutput<typeof endReply> | (Extract<v.InferOutput<typeof endReply>, { error: number }> & LeftOut);
/** One entry of `replies`, and one of `endReplies` or `ioendReplies`. */
export type ListedReply = v.InferOutput<typeof beginReplies>[number];
export type ListedEndReply = v.InferOutput<typeof endReplies>[number];
export type ListedIoendReply = v.InferOutput<typeof ioendReplies>[number];
/** A step that does I/O. */
export type IoStep = StepOf<(typeof IO_STEPS)[number]>;
export type Expectation = v.InferOutput<typeof expectation>;
export type Fd = v.InferOutput<typeof fd>;
export type Inode = v.InferOutput<typeof inode>;
export type Capability = v.InferOutput<typeof capability>;
