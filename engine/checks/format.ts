// SPDX-License-Identifier: MIT
/** How numbers read inside a sentence. Operands are bigint; an unsigned one may come sign-extended. */

import { NULL_ADDR, nameOf } from '../kernel/names.ts';
import type { NameTable } from '../kernel/names.ts';

/** Above this a decimal number is too long to read at a glance: hex then. */
const DECIMAL_LIMIT = 1n << 40n;

/** A byte count, an offset, an id: decimal, or hex where decimal would be unreadable. */
export function num(value: bigint): string {
  const unsigned = BigInt.asUintN(64, value);
  return unsigned < DECIMAL_LIMIT ? String(unsigned) : `0x${unsigned.toString(16)}`;
}

/** A number that is bits: hex. */
export function hex(value: bigint): string {
  return `0x${BigInt.asUintN(64, value).toString(16)}`;
}

/** A device address: hex, or NULL_ADDR. */
export function address(value: bigint): string {
  return BigInt.asUintN(64, value) === NULL_ADDR ? 'NULL_ADDR' : hex(value);
}

/** A number by its kernel name, or as it is. */
export function named(table: NameTable, value: bigint): string {
  return nameOf(table, Number(value)) ?? num(value);
}

/** `1 byte`, `2 bytes`. */
export function count(amount: bigint | number, noun: string): string {
  return `${typeof amount === 'bigint' ? num(amount) : amount} ${noun}${Number(amount) === 1 ? '' : 's'}`;
}
