// SPDX-License-Identifier: MIT
import { REVISIONS, type Revision } from './features.ts';
import { COMPARED, type Compared, type VectorFamily } from './compared.ts';

/** A mail of the archive. */
interface RevisionMail {
  subject: string;
  /** Without angle brackets. */
  messageId: string;
  url: string;
}

/** What one revision of the patch series is, and what it changed. */
export interface RevisionInfo {
  name: Revision;
  /** A few words for a heading. */
  title: string;
  /** ISO 8601, as exact as it is known. */
  date: string;
  /** The mail that describes the revision, its own if it was posted; null if there is none, and `note` says why. */
  mail: RevisionMail | null;
  note: string | null;
  /** What the golden vectors call it; null if there are none. */
  vectors: string | null;
  /** With what the verdicts of each function were compared. */
  compared: Readonly<Record<VectorFamily, Compared>>;
  /** In what it differs from the revision before it, in sentences; of the first, from what follows. */
  changes: readonly string[];
}

const mail = (subject: string, messageId: string): RevisionMail => ({
  subject,
  messageId,
  url: `https://lore.kernel.org/r/${messageId}`,
});

type Written = Omit<RevisionInfo, 'name' | 'compared'>;

const INFO: Readonly<Record<Revision, Written>> = {
  'v6-03': {
    title: 'v6 up to patch 03/31',
    date: '2025-10-29',
    mail: mail(
      '[PATCH 01/31] fuse: implement the basic iomap mechanisms',
      '176169810371.1424854.3010195280915622081.stgit@frogsfrogsfrogs',
    ),
    note: 'The stage before devices exist: patch 01 brought the functions, patch 04 is not applied.',
    vectors: 'before',
    changes: [
      'No iomap device can be opened: BACKING_OPEN knows the type PASSTHROUGH only (open-type-unknown).',
      'A mapping may name no device: any dev but DEV_NULL is refused (dev-unsupported), so no MAPPED or UNWRITTEN mapping passes.',
      "No device is looked up: the bdev of iomap and srcmap is the superblock's own, or NULL.",
    ],
  },
  'v6-04': {
    title: 'v6 with patch 04/31',
    date: '2025-10-29',
    mail: mail(
      '[PATCH 04/31] fuse: adapt FUSE_DEV_IOC_BACKING_{OPEN,CLOSE} to add new iomap devices',
      '176169810437.1424854.11837235220839490843.stgit@frogsfrogsfrogs',
    ),
    note: null,
    vectors: 'v6',
    changes: [
      'Block devices can be opened as iomap devices, with ids from 1 to 1024.',
      'dev-unsupported is gone. The dev of a mapping is looked up in the backing table (dev-not-found), and its device becomes the bdev.',
    ],
  },
  '2026-01': {
    title: 'unposted branch of January 2026',
    date: '2026-01',
    mail: mail(
      'Re: [PATCH 01/31] fuse: implement the basic iomap mechanisms',
      '20260205192550.2124130-1-clm@meta.com',
    ),
    note: 'A branch that was never posted: it has no mail of its own, and of its date only the month is known. The mail is a review of 5 February 2026, which reports the assignment of addr from itself.',
    vectors: 'refresh',
    changes: [
      "iomap_end names the device: the lowest backing id that has the mapping's bdev.",
      'iomap_end sends addr 0: the field is assigned from itself in a zeroed struct.',
    ],
  },
  'v7-04': {
    title: 'v7 with patch 04/33',
    date: '2026-02-23',
    mail: mail(
      '[PATCH 04/33] fuse: adapt FUSE_DEV_IOC_BACKING_{OPEN,CLOSE} to add new iomap devices',
      '177188734331.3935739.8531952052217110945.stgit@frogsfrogsfrogs',
    ),
    note: 'Not compiled for comparison: everything about it is a reading. The file is called fuse_iomap.c here.',
    vectors: null,
    changes: ["iomap_end sends the mapping's real addr."],
  },
  late: {
    title: 'with the mapping cache',
    date: '2026',
    mail: null,
    note: 'Read in a branch of about the time of v7 that carries the whole feature; no posting of this form was found, and its day is not known.',
    vectors: 'late',
    changes: [
      'A reply may say RETRY_CACHE if its inode caches mappings (cache-unavailable), and its other fields are then not checked but for covering pos.',
      'NOCACHE is a type, but no answer to a begin (nocache-on-begin).',
      'The op flag WRITEBACK counts as a file write. It and SWAPFILE are passed to the server.',
      'A server that answers an iomap_end with -ENOSYS is not told of any other.',
      'An inline mapping that is used may not be longer than a block (-EFSCORRUPTED, with no check).',
    ],
  },
  '2026-05': {
    title: 'plumbing of the branch of May 2026',
    date: '2026-05-21',
    mail: null,
    note: 'A stage of a branch that was pushed on 21 May 2026, the newest known state of this series: no posting of it was found. A mail to libfuse of a further round is dated 29 April 2026; its kernel mails were not found. It has begins, ends and the backing table; no I/O goes through them yet, and there is no mapping cache.',
    vectors: '2026-05',
    changes: [
      'Without the mapping cache of late: RETRY_CACHE, NOCACHE and SWAPFILE do not exist here.',
      'PURE_OVERWRITE is 65,535 (it was 255), and WRITEBACK is bit 11 of the op flags (it was bit 31).',
      'A pure overwrite must have no flags, no device and no address (overwrite-flags, overwrite-dev, overwrite-addr).',
      'A begin that may not wait (NOWAIT) fails with -EAGAIN before any request.',
      'The descriptor that a device was registered by must have been open for what is done: to read, to read and write. Otherwise -EACCES, with no check.',
      'WANT_IOMAP_END is heard, and ANON_WRITE no longer causes an iomap_end.',
      'A new id is the lowest free one. An iomap device can be closed while no iomap inode lives, and cannot be opened from an O_PATH descriptor.',
      'A successful close prints id 0 in its trace line.',
    ],
  },
  '2026-05-cache': {
    title: 'mapping cache of the branch of May 2026',
    date: '2026-05-21',
    mail: null,
    note: 'The end of the cache part of the same branch, without its stripes; no posting of it was found. What a cache holds is for the scenario to say. Its I/O is that of late, with an ioend that was only read.',
    vectors: '2026-05-cache',
    changes: [
      'A begin looks into the mapping cache first, and after a reply that says RETRY_CACHE, in either slot. After a miss the same request is made again until a signal comes.',
      'RETRY_CACHE is 65,534, NOCACHE 65,533, and both go through all checks (cache-type-flags, cache-type-dev, cache-type-addr).',
      'REPORT, ATOMIC and SWAPFILE are never answered from the cache (retry-uncached-op).',
      'SWAPFILE is bit 31 of the op flags, and counts as a file write.',
      'An ATOMIC operation needs a mapping on a device that has ATOMIC_BIO (atomic-not-mapped, atomic-no-flag): -EIO.',
      'Inline data is read from the server by FUSE_READ, and written back by FUSE_WRITE in place of an iomap_end (inline-past-mapping, inline-written-more).',
      'A server that answers an iomap_end with -ENOSYS is not told of any other, wanted or not.',
    ],
  },
};

/** What there is to say of a revision. Loaded when somebody asks; the names alone are in the schema. */
function revisionInfo(name: Revision): RevisionInfo {
  const { begin, end, backing, io } = COMPARED;
  const compared = { begin: begin[name], end: end[name], backing: backing[name], io: io[name] };
  return { name, compared, ...INFO[name] };
}

/** All revisions in the order of their dates. */
export function allRevisions(): RevisionInfo[] {
  return REVISIONS.map(revisionInfo);
}
