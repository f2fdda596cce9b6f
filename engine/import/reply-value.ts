// SPDX-License-Identifier: MIT
import { FUSE_IOMAP_TYPE, nameOf } from '../kernel/names.ts';
import { typeNumber } from '../kernel/codes.ts';
import type { WireMapping } from '../run/types.ts';
import type { JsonValue } from '../scenario/json.ts';
import { canonicalValue } from '../scenario/print.ts';

/** The `reply` of a scenario for two mappings, canonical: names for types and flags, zeros left out. */
export function replyValue(read: WireMapping, write: WireMapping | null): JsonValue {
  return canonicalReply({
    read: mappingValue(read),
    ...(write === null ? {} : { write: mappingValue(write) }),
  });
}

/** Any reply in its canonical spelling. */
export function canonicalReply(reply: JsonValue): JsonValue {
  const document = canonicalValue({ format: 1n, steps: [{ do: 'iomap_begin', reply }] }) as {
    steps: { reply?: JsonValue }[];
  };
  return document.steps[0]?.reply ?? {};
}

/** A type as a scenario writes it: by name where its code has one. */
const typeValue = (code: number): JsonValue => nameOf(FUSE_IOMAP_TYPE, code) ?? BigInt(typeNumber(code));

function mappingValue({ offset, length, addr, type, flags, dev }: WireMapping): JsonValue {
  return { offset, length, addr, type: typeValue(type), flags: BigInt(flags), dev: BigInt(dev) };
}
