// SPDX-License-Identifier: MIT
import type { Revision } from '../kernel/features.ts';
import type { JsonValue } from '../scenario/json.ts';

/** The prose about one check, for readers who want more than the verdict's sentence. */
export interface CatalogueEntry {
  /** A line: what goes wrong. */
  title: string;
  /** What it refuses. */
  refuses: string;
  /** Why the kernel checks it, in our words. */
  why: string;
  /** How to fix the server. */
  fix: string;
  /** The kernel function and its file. */
  fn: string;
  file: string;
  since: Since;
  examples: Examples;
  /** The revisions that have the check, if the default is not among them: the examples are for these. */
  revisions?: readonly Revision[];
}

/** The mail that brought the check, as far as it is modelled here. */
export interface Since {
  revision: 'v6' | 'v7' | 'mainline' | 'later';
  subject: string;
  /** Without angle brackets; null if there is no mail to point at, and `note` says why. */
  messageId: string | null;
  url: string | null;
  /** What the mail does not say by itself. */
  note?: string;
}

/** Smallest scenarios, as documents of format 1: the last step is the one that counts. */
export interface Examples {
  passing: JsonValue;
  /** Null if nothing can make this check fail in the revision; `cannotFail` says why. */
  failing: JsonValue | null;
  cannotFail?: string;
}

export type Prose = Omit<CatalogueEntry, 'fn' | 'file' | 'revisions'>;

function mail(
  revision: Since['revision'],
  subject: string,
  messageId: string,
): Since & { messageId: string; url: string } {
  return { revision, subject, messageId, url: `https://lore.kernel.org/r/${messageId}` };
}

export const BASIC = mail(
  'v6',
  '[PATCH 01/31] fuse: implement the basic iomap mechanisms',
  '176169810371.1424854.3010195280915622081.stgit@frogsfrogsfrogs',
);
export const DEVICES = mail(
  'v6',
  '[PATCH 04/31] fuse: adapt FUSE_DEV_IOC_BACKING_{OPEN,CLOSE} to add new iomap devices',
  '176169810437.1424854.11837235220839490843.stgit@frogsfrogsfrogs',
);
export const OPERATIONS = mail(
  'v6',
  '[PATCH 1/2] fuse: move the passthrough-specific code back to passthrough.c',
  '176169809828.1424693.658681539435984766.stgit@frogsfrogsfrogs',
);
/** A check of the ioctls that is older than the series, in the form it has after the series' preparation. */
export const CARRIED: Since = {
  ...OPERATIONS,
  note: 'The check came with FUSE passthrough; this preparatory patch puts it where it stands in v6.',
};
/** The transport is older than the series, and than the practice of linking patches to the archive. */
export const TRANSPORT: Since = {
  revision: 'mainline',
  subject: 'FUSE device protocol',
  messageId: null,
  url: null,
  note: 'Part of the FUSE device since long before this series: no mail of the series brought it.',
};
export const MAY: Since = {
  revision: 'later',
  subject: 'The branch that was pushed on 21 May 2026',
  messageId: null,
  url: null,
  note: 'Read in the branch as it was pushed; no posting of this form was found.',
};
export const LATER: Since = {
  revision: 'later',
  subject: 'The mapping cache, in branches of 2026',
  messageId: null,
  url: null,
  note: 'Read in the branches that carry the mapping cache; no posting of this form was found.',
};
