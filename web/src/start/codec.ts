// SPDX-License-Identifier: GPL-2.0-only
/** What links need beyond the first load, as one late chunk. */
export { decodeLink, encodeLink } from '../../../engine/link/codec.ts';
export { canonicalValue, printScenario } from '../../../engine/scenario/print.ts';
