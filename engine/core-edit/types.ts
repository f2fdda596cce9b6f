// SPDX-License-Identifier: MIT

/** Texts of the core's source files by their path from the root of the project: `assembly/fs/fuse/dev.ts`. */
export type Sources = Readonly<Record<string, string>>;

/** An edit of the core as it is stored and sent: which revision it was tried on, and what differs. */
export interface CoreEdit {
  revision: string;
  /** A unified diff against the shipped files, as makeDiff() writes it. */
  diff: string;
}
