// SPDX-License-Identifier: MIT
/** How numbers read, in a sentence and in code. Operands are bigint; an unsigned one may come sign-extended. */

import { grouped } from '../kernel/digits.ts';
import { NULL_ADDR, nameOf } from '../kernel/names.ts';
import { typeNumber } from '../kernel/codes.ts';
import type { NameTable } from '../kernel/names.ts';
import type { Scenario } from '../scenario/schema.ts';

/** Above this a decimal number is too long to read at a glance: hex then. */
const DECIMAL_LIMIT = 1n << 40n;

const isReadable = (value: bigint): boolean => BigInt.asUintN(64, value) < DECIMAL_LIMIT;

/** A byte count, an offset, an id in a sentence: grouped decimal, or hex where decimal would be unreadable. */
export const num = (value: bigint): string => (isReadable(value) ? grouped(value) : hex(value));

/** The same in code, in a struct, in a card: its digits are not grouped. */
export const plain = (value: bigint): string => (isReadable(value) ? String(value) : hex(value));

/** A number that is bits: hex. */
export function hex(value: bigint): string {
  return `0x${BigInt.asUintN(64, value).toString(16)}`;
}

/** A device address: hex, or NULL_ADDR. */
export function address(value: bigint): string {
  return BigInt.asUintN(64, value) === NULL_ADDR ? 'NULL_ADDR' : hex(value);
}

/** A type by its kernel name, or its number. */
export function named(table: NameTable, value: bigint): string {
  return nameOf(table, Number(value)) ?? num(BigInt(typeNumber(Number(value))));
}

/** `1 byte`, `2 bytes`. */
export function count(amount: bigint | number, noun: string): string {
  return `${num(BigInt(amount))} ${noun}${Number(amount) === 1 ? '' : 's'}`;
}

/** The name of the n-th device of a scenario, from 1, as the core counts them. */
export function deviceName(number: bigint, { devices }: Scenario): string {
  return Object.keys(devices)[Number(number) - 1] ?? 'the device';
}
