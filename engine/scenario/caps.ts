// SPDX-License-Identifier: MIT
/** The scenario format that this build writes, and the newest that it reads. */
export const FORMAT = 1;

/** How large a scenario may be. Part of the format: they are only ever raised. */
export const CAPS = {
  steps: 10_000,
  /** Executions after `times` is multiplied out. */
  executions: 20_000,
  devices: 1_100,
  fds: 2_200,
  inodes: 64,
  titleChars: 200,
  notesChars: 20_000,
  /** The note of a step. */
  noteChars: 500,
  /** Table entries in one expectation. */
  entries: 1_100,
  /** Bytes that one I/O step moves. */
  ioBytes: 16 * 1024 * 1024,
  /** Bytes that a pwrite spells out, or that an expectation does. */
  spelledBytes: 1024 * 1024,
  /** Replies in one list. */
  replies: 10_000,
  /** Extents that a fiemap has room for. */
  extents: 10_000,
  /** Initial bytes of a device: parts, and bytes in each. */
  deviceParts: 256,
  deviceBytes: 65_536,
  faults: 256,
  /** Extents of a file at the start. */
  extentRows: 1_000,
  /** Items of one list in an expectation. */
  expected: 1_000,
  /** The code of a server. */
  serverChars: 100_000,
  /** UTF-16 units of the whole text. */
  textChars: 8_000_000,
} as const;

/**
 * Limits for libraries whose time grows faster than their input, and where readers stop. Larger input is refused in
 * words, or read as plain text.
 */
export const READING = {
  /** UTF-16 units of a text that is pasted or dropped. */
  importChars: 8_000_000,
  /** Of mails that are decoded, all of a mailbox together. */
  mailChars: 1_000_000,
  mailLines: 50_000,
  /** The header lines of one message, and its parts within parts. */
  mailHeaderChars: 65_536,
  mailDepth: 32,
  /** Notes that are drawn as Markdown: quotes and lists within each other, and marks in one paragraph or items. */
  noteDepth: 20,
  noteMarks: 1_000,
  /** A diff of the core's sources. */
  diffChars: 500_000,
  diffHunks: 500,
} as const;
