// SPDX-License-Identifier: MIT
import { isUnknown } from '../kernel/unknown.ts';
import { errnoText } from '../kernel/errno.ts';
import { IOMAP_F, IOMAP_TYPE, NULL_ADDR, flagNames, nameOf } from '../kernel/names.ts';
import type { Execution, Iomap } from '../run/types.ts';
import type { JsonObject, JsonValue } from '../scenario/path.ts';

/** What happened, as an `expect` of the step would say it. */
export function expectationOf(execution: Execution): JsonObject {
  const { outcome, ret, decided } = execution;
  const expected: JsonObject = { ret: returned(outcome, ret) };
  // Values that only this core knows have no name that a scenario could use.
  if (decided && !isUnknown(decided.check)) expected['check'] = decided.check;
  if (decided?.which && !isUnknown(decided.which)) expected['which'] = decided.which;
  if (execution.do === 'iomap_begin' && outcome === 'ok') {
    expected['iomap'] = mapping(execution.iomap);
    expected['srcmap'] = mapping(execution.srcmap);
  }
  if (execution.do === 'iomap_end' && outcome !== 'not-called') expected['sent'] = execution.request !== null;
  return expected;
}

function returned(outcome: Execution['outcome'], ret: bigint | null): JsonValue {
  if (ret === null) return outcome;
  return ret < 0n && errnoText(ret).startsWith('-E') ? errnoText(ret) : ret;
}

function mapping(map: Iomap | null): JsonValue {
  if (map === null) return null;
  return {
    offset: map.offset,
    length: map.length,
    addr: map.addr === NULL_ADDR ? 'NULL_ADDR' : map.addr,
    type: nameOf(IOMAP_TYPE, map.type) ?? BigInt(map.type),
    flags: flagNames(IOMAP_F, map.flags),
    bdev: map.bdev,
  };
}
