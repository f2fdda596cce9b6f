// SPDX-License-Identifier: MIT
import { CHECK_PLACES } from '../kernel/check-places.ts';
import type { CheckId } from '../kernel/checks.ts';
import { errnoText } from '../kernel/errno.ts';
import { FUSE_BACKING_TYPE, FUSE_IOMAP_TYPE, nameOf } from '../kernel/names.ts';
import { typeNumber } from '../kernel/codes.ts';
import { isUnknown, type Unknown } from '../kernel/unknown.ts';
import { address, hex, plain } from './format.ts';

const FOUND = ['nothing', 'iomap', 'passthrough', 'no lookup'];

/** An operand of a check as `name value`, by what its name says it is. */
export function operandText(check: CheckId | Unknown, name: string, value: bigint): string {
  return `${name} ${operandValue(check, name, value)}`;
}

/**
 * An operand of a check without its name.
 * @param number writes what is only a number: `plain`, or `num` in a sentence
 */
export function operandValue(
  check: CheckId | Unknown,
  name: string,
  value: bigint,
  number: (value: bigint) => string = plain,
): string {
  switch (name) {
    case 'addr':
      return address(value);
    case 'flags':
    case 'allowedMask':
    case 'wanted':
    case 'opflags':
    case 'cmd':
    case 'padding':
      return hex(value);
    case 'mode':
      return `0${value.toString(8)}`;
    case 'errno':
    case 'error':
      return errnoText(BigInt.asIntN(32, value));
    case 'fd':
    case 'id':
      return String(BigInt.asIntN(32, value));
    case 'found':
      return FOUND[Number(value)] ?? number(value);
    case 'type': {
      const backing = isUnknown(check) || CHECK_PLACES[check].blames?.in !== 'mapping';
      return (
        nameOf(backing ? FUSE_BACKING_TYPE : FUSE_IOMAP_TYPE, Number(value)) ??
        number(BigInt(typeNumber(Number(value))))
      );
    }
    default:
      return number(value);
  }
}
