// SPDX-License-Identifier: MIT
/** The exercises in their order within a difficulty. Addresses and kept progress name them: append only. */
export const EXERCISES: readonly string[] = ['the-other-disk'];

/** Whether the last part of an address is an exercise by itself, and not the name of one. */
export const isLinked = (part: string): boolean => /^[0-9]/.test(part);
