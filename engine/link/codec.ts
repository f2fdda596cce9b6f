// SPDX-License-Identifier: MIT
/** Both ways at once. A page that opens a link early takes decode.ts alone, and encode.ts when it is wanted. */
export { decodeLink } from './decode.ts';
export { NoLinkError, encodeLink } from './encode.ts';
export type { LinkState, RecordedVerdict } from './types.ts';
