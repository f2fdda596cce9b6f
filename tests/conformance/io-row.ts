// SPDX-License-Identifier: MIT
/** What a row of the `io` family says that a running kernel answered, field by field. */

/** A request, a bio or an extent: its fields by name, each a text, a number, or a list of flags. */
export interface Item {
  [field: string]: unknown;
}

/** What one step came to. A field that is not there has nothing to compare. */
export interface StepAnswer {
  /** Of the system call; `oops` if the kernel crashed. */
  ret?: string | undefined;
  mapped_extents?: number | undefined;
  extents?: Item[] | undefined;
  block?: string | undefined;
  requests?: Item[] | undefined;
  bios?: Item[] | undefined;
  data?: Item | undefined;
  i_size?: string | undefined;
  i_disk_size?: string | undefined;
}

export const STEP_FIELDS = [
  'ret',
  'mapped_extents',
  'extents',
  'block',
  'requests',
  'bios',
  'data',
  'i_size',
  'i_disk_size',
] as const satisfies readonly (keyof StepAnswer)[];

/** In which ways the answers of a row may differ from run to run: see tests/conformance/io-loose.ts. */
export const LOOSE = ['ioend-order', 'read-bio-split', 'eio-not-waited'] as const;
export type Loose = (typeof LOOSE)[number];

export interface IoRow {
  rev: string;
  scenario: { steps: { do: string }[] };
  expect: {
    steps: StepAnswer[];
    /** CRC-32 of each whole device after the last step. */
    contents?: { [device: string]: number };
  };
  loose?: Loose[];
}
