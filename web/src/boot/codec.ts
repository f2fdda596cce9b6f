// SPDX-License-Identifier: MIT
/** What links need beyond the first load, as one late chunk. */
export { decodeLink, encodeLink } from '#engine/link/codec.ts';
export { canonicalValue, printScenario } from '#engine/scenario/print.ts';
