// SPDX-License-Identifier: MIT
/**
 * The examples in the order in which one who learns looks at them: a section for each idea, the simple case first. A
 * row for each example: its file's name, and what to look at beside it. Title and notes stand in its file, which says what
 * it shows. A test asks that every file has its row.
 */

export interface ExampleSection {
  title: string;
  /** Each with the names of those that show the same from another side. */
  examples: readonly (readonly [name: string, ...see: string[]])[];
}

export const EXAMPLE_SECTIONS: readonly ExampleSection[] = [
  {
    title: 'The conversation: who asks, and what is answered',
    examples: [
      ['begin-read', 'io-read-three-mappings', 'end-read-not-sent'],
      ['begin-read-hole', 'check-addr-forbidden', 'check-dev-forbidden'],
      ['begin-whole-extent', 'check-read-before-pos', 'check-read-after-pos'],
      ['io-read-three-mappings', 'review-upcalls', 'io-buffered-write-two-mappings'],
      ['begin-first-failure-wins', 'backing-open-order', 'check-type-unknown'],
      ['begin-pure-overwrite', 'begin-overwrite-unexamined', 'begin-out-of-place'],
      ['transport-error-reply', 'io-write-enospc', 'transport-positive-error'],
    ],
  },
  {
    title: 'Covering the position, in whole blocks',
    examples: [
      ['check-length-zero', 'begin-zeroed-write-slot'],
      ['check-read-after-pos', 'check-write-after-pos', 'begin-whole-extent'],
      ['check-read-before-pos', 'check-write-before-pos'],
      ['check-offset-unaligned', 'check-length-unaligned', 'begin-misaligned-addr'],
      ['check-length-unaligned', 'check-offset-unaligned', 'io-direct-read-past-eof'],
      ['check-offset-past-maxbytes', 'check-file-range-overflow'],
      ['check-file-range-overflow', 'check-device-range-overflow'],
    ],
  },
  {
    title: 'Type, flags, device, address',
    examples: [
      ['check-type-unknown', 'review-type-check-shape'],
      ['check-flags-unknown', 'review-two-numberings', 'end-size-changed'],
      ['check-dev-missing', 'check-dev-forbidden', 'check-dev-not-found'],
      ['check-addr-missing', 'check-addr-forbidden'],
      ['check-dev-forbidden', 'begin-read-hole'],
      ['check-addr-forbidden', 'begin-read-hole', 'check-addr-missing'],
      ['check-dev-not-found', 'begin-passthrough-id', 'begin-dev-int-max'],
      ['begin-dev-int-max', 'check-dev-not-found'],
      ['check-device-range-overflow', 'begin-past-device-end'],
      ['begin-past-device-end', 'io-mapping-past-device'],
      ['begin-misaligned-addr', 'io-addr-misaligned'],
    ],
  },
  {
    title: 'Two slots: writing where one reads, or elsewhere',
    examples: [
      ['check-overwrite-on-read', 'begin-pure-overwrite'],
      ['begin-overwrite-unexamined', 'review-overwrite-slot'],
      ['begin-zeroed-write-slot', 'check-length-zero', 'begin-bogus-write-dev'],
      ['begin-bogus-write-dev', 'check-dev-not-found'],
      ['check-write-after-pos', 'check-read-after-pos'],
      ['check-write-before-pos', 'check-read-before-pos'],
      ['begin-out-of-place', 'begin-cow-shared', 'io-cow-ioend'],
      ['begin-two-devices', 'io-writeback-joins-devices'],
      ['begin-cow-shared', 'io-cow-ioend', 'io-unshare'],
      ['begin-stale-srcmap', 'begin-cow-shared'],
      ['begin-allocating-write', 'io-unwritten-writeback', 'io-direct-write-unwritten'],
      ['begin-out-of-place-over-hole', 'io-stale-data-leak'],
      ['begin-hole-for-direct-write', 'io-hole-direct-write'],
    ],
  },
  {
    title: 'Devices and their ids',
    examples: [
      ['backing-raw-ioctl', 'transport-raw-reply'],
      ['backing-open-order', 'backing-not-negotiated', 'begin-first-failure-wins'],
      ['backing-not-negotiated', 'backing-open-order'],
      ['backing-same-device-twice', 'review-same-device-twice'],
      ['backing-iomap-stays', 'backing-close-order'],
      ['backing-close-order', 'backing-iomap-stays'],
      ['backing-close-prints-id-0', 'backing-close-order'],
      ['backing-freed-id-waits', 'review-freed-ids', 'backing-shared-cursor'],
      ['backing-1025th-device', 'review-id-bound'],
      ['backing-o-path-device', 'review-read-only-fd'],
      ['backing-passthrough-files', 'backing-passthrough-closes'],
      ['begin-passthrough-id', 'backing-iomap-id-for-passthrough', 'review-one-id-one-use'],
      ['backing-iomap-id-for-passthrough', 'begin-passthrough-id'],
      ['backing-one-inode-two-backings', 'backing-passthrough-files'],
      ['backing-passthrough-closes-idle', 'backing-passthrough-closes'],
      ['backing-passthrough-closes', 'backing-passthrough-closes-idle', 'backing-unmount-in-use'],
      ['backing-shared-cursor', 'backing-passthrough-starves-iomap', 'backing-freed-id-waits'],
      ['backing-passthrough-starves-iomap', 'backing-1025th-device', 'review-id-bound-shared'],
      ['backing-unmount-in-use', 'backing-table-outlives-mount'],
      ['backing-table-outlives-mount', 'backing-unmount-in-use'],
    ],
  },
  {
    title: 'Afterwards: when the server is told of the end',
    examples: [
      ['end-read-not-sent', 'begin-read'],
      ['end-write-not-sent', 'end-short-write'],
      ['end-short-write', 'end-failed-write'],
      ['end-failed-write', 'review-failed-write'],
      ['end-size-changed', 'check-flags-unknown'],
      ['end-error', 'end-enosys'],
      ['end-enosys', 'end-error', 'review-enosys-direct'],
      ['end-inline-enosys-counts', 'end-enosys', 'io-inline-oops'],
      ['end-want-iomap-end-ignored', 'end-anon-write'],
      ['end-anon-write', 'end-want-iomap-end-ignored', 'io-anon-write-panic'],
    ],
  },
  {
    title: 'Real bytes: reading through the mappings',
    examples: [
      ['io-sector-of-a-position', 'io-addr-misaligned'],
      ['io-addr-misaligned', 'begin-misaligned-addr'],
      ['io-direct-read-past-eof', 'io-read-wants-past-eof'],
      ['io-read-wants-past-eof', 'io-direct-read-past-eof'],
      ['io-mapping-past-device', 'begin-past-device-end'],
      ['io-buffered-read-refused', 'check-dev-not-found'],
      ['io-device-fault', 'io-dying-device'],
      ['io-inline-oops', 'review-inline-too-long'],
      ['begin-nowait-waits-for-inline', 'io-inline-oops'],
      ['io-bmap', 'io-fiemap-last'],
      ['io-fiemap-last', 'io-seek-unwritten-cache'],
      ['io-seek-unwritten-cache', 'io-unwritten-writeback'],
    ],
  },
  {
    title: 'Real bytes: the page cache and writing back',
    examples: [
      ['io-buffered-write-two-mappings', 'io-read-three-mappings', 'io-write-enospc'],
      ['io-write-enospc', 'transport-error-reply', 'end-short-write'],
      ['io-unwritten-writeback', 'begin-allocating-write', 'io-refused-ioend'],
      ['io-cow-ioend', 'begin-cow-shared', 'io-unshare'],
      ['io-unshare', 'io-cow-ioend'],
      ['io-write-past-eof-zeroes', 'io-zero-range-flush', 'io-truncate-zeroes'],
      ['io-truncate-zeroes', 'io-write-past-eof-zeroes'],
      ['io-fzero', 'io-zero-range-flush', 'io-truncate-zeroes'],
      ['io-zero-range-flush', 'io-write-past-eof-zeroes'],
      ['io-lost-writeback', 'io-hole-direct-write'],
      ['io-stale-data-leak', 'begin-out-of-place-over-hole', 'io-two-files-one-place'],
      ['io-two-files-one-place', 'io-stale-data-leak'],
      ['io-ioend-alone', 'io-refused-ioend', 'io-cow-ioend'],
      ['io-refused-ioend', 'io-unwritten-writeback'],
      ['io-writeback-joins-devices', 'begin-two-devices'],
      ['io-error-told-twice', 'io-no-memory-told-late'],
      ['io-no-memory-told-late', 'io-error-told-twice'],
      ['io-anon-write-panic', 'end-anon-write'],
    ],
  },
  {
    title: 'Real bytes: writing past the page cache',
    examples: [
      ['io-direct-write-unwritten', 'io-unwritten-writeback'],
      ['io-fopen-direct-io', 'io-direct-write-unwritten'],
      ['io-direct-write-at-eof', 'io-direct-write-unwritten'],
      ['io-direct-write-unaligned', 'io-fallback-rest-at-start'],
      ['io-hole-direct-write', 'begin-hole-for-direct-write', 'io-lost-writeback'],
      ['io-delalloc-direct', 'io-hole-direct-write'],
      ['io-fallback-not-synchronous', 'io-fallback-rest-at-start', 'review-enosys-direct'],
      ['io-fallback-rest-at-start', 'io-fallback-not-synchronous'],
      ['io-atomic-alignment', 'io-direct-write-unaligned'],
      ['io-read-only-device', 'review-read-only-fd'],
      ['io-dying-device', 'io-device-fault'],
    ],
  },
  {
    title: 'The answer byte by byte',
    examples: [
      ['transport-raw-reply', 'backing-raw-ioctl'],
      ['transport-short-header', 'transport-short-reply'],
      ['transport-wrong-length', 'review-reply-size'],
      ['transport-short-reply', 'transport-long-reply'],
      ['transport-long-reply', 'transport-short-reply', 'review-reply-size'],
      ['transport-positive-error', 'transport-error-reply'],
      ['transport-error-with-payload', 'transport-error-reply'],
      ['transport-wrong-unique', 'transport-raw-reply'],
    ],
  },
  {
    title: 'A server without replies: extents, and code',
    examples: [
      ['io-extents-hole', 'io-read-three-mappings', 'begin-read-hole'],
      ['io-extents-copy-on-write', 'begin-cow-shared', 'io-cow-ioend'],
      ['server-linear', 'io-extents-hole'],
      ['server-forgets-block', 'server-linear'],
    ],
  },
  {
    title: 'What reviewers asked',
    examples: [
      ['review-static-server', 'begin-pure-overwrite'],
      ['review-upcalls', 'io-read-three-mappings'],
      ['review-overwrite-slot', 'begin-overwrite-unexamined'],
      ['review-type-check-shape', 'check-type-unknown'],
      ['review-two-numberings', 'check-flags-unknown'],
      ['review-reply-size', 'transport-long-reply'],
      ['review-id-bound', 'backing-1025th-device'],
      ['review-id-bound-shared', 'backing-passthrough-starves-iomap'],
      ['review-freed-ids', 'backing-freed-id-waits'],
      ['review-one-id-one-use', 'begin-passthrough-id'],
      ['review-same-device-twice', 'backing-same-device-twice'],
      ['review-read-only-fd', 'io-read-only-device'],
      ['review-end-addr-dev', 'end-short-write'],
      ['review-failed-write', 'end-failed-write'],
      ['review-enosys-direct', 'io-fallback-not-synchronous'],
      ['review-inline-too-long', 'io-inline-oops'],
      ['review-shrinking-size', 'io-refused-ioend'],
      ['review-written-width', 'end-short-write'],
      ['review-retry-twice', 'review-upcalls'],
    ],
  },
];

const ROWS = EXAMPLE_SECTIONS.flatMap(({ title, examples }) =>
  examples.map(([name, ...see]) => ({ name, section: title, see })),
);

/** Where an example stands, from 0; after all others if it has no row. */
export function placeOfExample(name: string): number {
  const at = ROWS.findIndex((row) => row.name === name);
  return at < 0 ? ROWS.length : at;
}

/** The section of an example. */
export const sectionOf = (name: string): string => ROWS.find((row) => row.name === name)?.section ?? 'Others';

/** The example to look at after one; null after the last. */
export const nextExample = (name: string): string | null => ROWS[placeOfExample(name) + 1]?.name ?? null;

/** Those that show the same from another side. */
export const seeAlso = (name: string): readonly string[] => ROWS.find((row) => row.name === name)?.see ?? [];
