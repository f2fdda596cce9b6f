// SPDX-License-Identifier: MIT
/** A point of a map as a scenario: the two values put where they vary. */
import { encodeBeginOut } from '../kernel/wire.ts';
import type { Numbering } from '../kernel/codes.ts';
import type { Edit } from '../scenario/edit.ts';
import { resolveInodes, type ResolvedInode } from '../scenario/resolve.ts';
import type { Scenario, StepOf } from '../scenario/schema.ts';
import { spellInteger } from '../scenario/integers.ts';
import {
  applyEdit,
  documentEdits,
  fieldOf,
  mappingsOf,
  writeOf,
  type Mappings,
  type ReplyEdit,
} from '../search/reply.ts';
import { slotOf, type MapAxes, type MapField } from './fields.ts';

/** The begin that a map is of. */
export interface MapStep {
  step: StepOf<'iomap_begin'>;
  inode: ResolvedInode;
  mappings: Mappings;
}

/** The begin of a step; or, as a sentence, why there is no map of it. */
export function mapStep(scenario: Scenario, index: number): MapStep | string {
  const step = scenario.steps[index];
  if (step?.do !== 'iomap_begin') return 'A map is of an iomap_begin. This step is none.';
  if ('hex' in step.reply)
    return 'This reply is written as raw bytes. Write its mappings as fields, and they can vary.';
  const mappings = mappingsOf(step.reply);
  if (mappings === null) return 'This reply has no mappings that could vary.';
  const inodes = resolveInodes(scenario);
  const inode = step.inode === undefined ? [...inodes.values()][0] : inodes.get(step.inode);
  return inode === undefined ? 'This step names no inode of the scenario.' : { step, inode, mappings };
}

/** What a field is in the scenario itself. A type is its code, see engine/kernel/codes.ts. */
export function valueIn({ step, inode, mappings }: MapStep, field: MapField): bigint {
  if (field === 'pos' || field === 'count') return step[field];
  if (field === 'blockSize') return BigInt(inode.blockSize);
  const { slot, field: name } = slotOf(field)!;
  return fieldOf(slot === 'read' ? mappings.read : writeOf(mappings), name);
}

/**
 * The edits of the reply at a point, those of read first: while write is left out it copies offset and length of read,
 * and where write itself varies it begins as that copy.
 */
function replyEdits({ mappings }: MapStep, axes: MapAxes, values: readonly [bigint, bigint]): ReplyEdit[] {
  let now = mappings;
  return axes
    .map((axis, i) => ({ place: slotOf(axis), to: values[i]! }))
    .sort((a, b) => Number(a.place?.slot === 'write') - Number(b.place?.slot === 'write'))
    .flatMap(({ place, to }): ReplyEdit[] => {
      if (place === null) return [];
      const map = place.slot === 'read' ? now.read : writeOf(now);
      const edit = { kind: 'field', ...place, from: fieldOf(map, place.field), to } as const;
      now = applyEdit(now, edit);
      return [edit];
    });
}

/** The edits of the document that make a point its scenario. */
export function pointEdits(
  scenario: Scenario,
  index: number,
  axes: MapAxes,
  values: readonly [bigint, bigint],
): Edit[] {
  const of = mapStep(scenario, index);
  if (typeof of === 'string') return [];
  const others = axes.flatMap((axis, i): Edit[] => {
    const value = spellInteger(values[i]!);
    if (axis === 'pos' || axis === 'count') return [{ path: ['steps', index, axis], value }];
    return axis === 'blockSize' ? [{ path: ['inodes', of.inode.name, axis], value }] : [];
  });
  return [...others, ...documentEdits(index, of.step.reply, replyEdits(of, axes, values))];
}

/** The same on a scenario that is read already. */
export function pointScenario(
  scenario: Scenario,
  index: number,
  axes: MapAxes,
  values: readonly [bigint, bigint],
): Scenario {
  const of = mapStep(scenario, index);
  if (typeof of === 'string') return scenario;
  const { read, write } = replyEdits(of, axes, values).reduce(applyEdit, of.mappings);
  const step = { ...of.step, reply: { read, ...(write === null ? {} : { write }) } };
  let { inodes } = scenario;
  axes.forEach((axis, i) => {
    if (axis === 'pos' || axis === 'count') step[axis] = values[i]!;
    if (axis !== 'blockSize') return;
    const { name } = of.inode;
    inodes = { ...inodes, [name]: { ...inodes[name]!, blockSize: Number(values[i]) } };
  });
  return { ...scenario, inodes, steps: scenario.steps.map((each, i) => (i === index ? step : each)) };
}

/** The reply's bytes, in the numbers of a revision, and whether its write mapping copies the read one. */
export function replyOf({ mappings }: MapStep, numbering: Numbering): { reply: Uint8Array; copies: boolean } {
  return {
    reply: encodeBeginOut(mappings.read, writeOf(mappings), numbering),
    copies: mappings.write === null,
  };
}
