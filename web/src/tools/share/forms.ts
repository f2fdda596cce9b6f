// SPDX-License-Identifier: MIT
/** The forms in which the chosen step is copied, in the order in which they are offered. */
export const FORMS = {
  structs: 'C initialisers of both mappings',
  out: 'C initialiser of the whole payload',
  libfuse: 'libfuse call',
  hexdump: 'hexdump',
  json: 'JSON',
  trace: 'trace lines',
} as const;

export type Form = keyof typeof FORMS;
