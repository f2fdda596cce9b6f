// SPDX-License-Identifier: MIT

/** The revisions of the patch series that cores are built of, in the order of their dates. Append only. */
export const REVISIONS = ['v6-03', 'v6-04', '2026-01', 'v7-04', 'late'] as const;

/** A revision by its name, which is that of the builds of its core: `<name>.trace.wasm`. */
export type Revision = (typeof REVISIONS)[number];
