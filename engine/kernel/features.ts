// SPDX-License-Identifier: MIT
/** The revisions by name. What sets them apart is in has-feature.ts: nothing else asks for a revision by its name. */

/** The revisions of the patch series that cores are built of, in the order of their dates. Append only. */
export const REVISIONS = ['v6-03', 'v6-04', '2026-01', 'v7-04', 'late', '2026-05', '2026-05-cache'] as const;

/** Those whose begins and ends the engine answers without what is loaded after the first verdict. */
export const FIRST_REVISIONS: readonly string[] = ['v6-03', 'v6-04', '2026-01', 'v7-04'];

/** A revision by its name, which is that of the builds of its core: `<name>.trace.wasm`. */
export type Revision = (typeof REVISIONS)[number];

/** What answers a scenario that names no revision. */
export const DEFAULT_REVISION: Revision = 'v6-04';

/** What the default is compared with unless somebody chooses: the last revision of which a kernel ran. */
export const USUAL_OTHER: Revision = 'late';
