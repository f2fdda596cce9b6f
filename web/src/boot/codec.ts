// SPDX-License-Identifier: MIT
/** What links need beyond the first load, as one late chunk. */
export { encodeLink } from '#engine/link/codec.ts';
export { openLink } from '#engine/link/open.ts';
export { canonicalValue } from '#engine/scenario/print.ts';
