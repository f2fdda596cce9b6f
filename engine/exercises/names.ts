// SPDX-License-Identifier: MIT
/** The exercises in their order within a difficulty. Addresses and kept progress name them: append only. */
export const EXERCISES: readonly string[] = ['the-other-disk'];
