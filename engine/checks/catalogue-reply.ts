// SPDX-License-Identifier: MIT
/** Prose for the checks on what a server writes to /dev/fuse. */

import { BASIC, TRANSPORT } from './catalogue-entry.ts';
import type { Prose } from './catalogue-entry.ts';
import { GOOD_ANSWER, PAYLOAD, bytes } from './catalogue-fragments.ts';

const passing = bytes(GOOD_ANSWER);

export const TRANSPORT_PROSE = {
  'reply-short-header': {
    title: 'Less than a header',
    refuses: 'A write to /dev/fuse of fewer than 16 bytes.',
    why: 'Every answer begins with struct fuse_out_header. With less the kernel cannot tell whom it is for.',
    fix: 'Write header and payload in one write() or writev().',
    since: TRANSPORT,
    examples: { passing, failing: bytes('1000000000000000') },
  },
  'reply-length': {
    title: 'A length that is not true',
    refuses: 'A header whose len differs from the number of bytes written.',
    why: 'One write is one answer. If the two numbers disagree, something was cut off or added.',
    fix: 'Set len to 16 plus the size of the payload, after the payload is known.',
    since: TRANSPORT,
    examples: { passing, failing: bytes(`4000000000000000${GOOD_ANSWER.slice(16)}`) },
  },
  'reply-error-range': {
    title: 'An error that is none',
    refuses: 'An error in the header that is positive, or -512 and below.',
    why: "Errors go to programs as they are. Numbers from 512 on are the kernel's own and must not get out; a positive one would look like success.",
    fix: 'Send the errno with a minus sign: -EIO, not EIO.',
    since: TRANSPORT,
    examples: { passing, failing: bytes('10000000050000000400000000000000') },
  },
  'reply-unique': {
    title: 'An answer to nobody',
    refuses: 'An answer whose unique belongs to no waiting request.',
    why: 'Answers come in any order and are matched by unique. The request may also be gone: interrupted, or answered before.',
    fix: "Copy unique from the request's header. Expect -ENOENT for a request that was interrupted.",
    since: TRANSPORT,
    examples: { passing, failing: bytes(`50000000000000000600000000000000${PAYLOAD}`) },
  },
  'reply-error-payload': {
    title: 'An error that carries data',
    refuses: 'An answer with an error in its header and bytes after it.',
    why: 'An error replaces the answer, so there is nothing that the bytes could mean.',
    fix: 'For an error write the 16-byte header alone.',
    since: TRANSPORT,
    examples: {
      passing: bytes('10000000e4ffffff0400000000000000'),
      failing: bytes(`50000000e4ffffff0400000000000000${PAYLOAD}`),
    },
  },
  'reply-size': {
    title: 'An answer of the wrong size',
    refuses: 'A successful answer to FUSE_IOMAP_BEGIN that is not 16 + 64 bytes long.',
    why: 'The answer is a struct of fixed size. Another size means that server and kernel were built from different headers.',
    fix: 'Build the server against the header of the revision that the kernel has. Postings up to v3 had 48 bytes here.',
    since: { ...BASIC, note: 'The rule is older; this patch defines the 64 bytes that it is applied to.' },
    examples: { passing, failing: bytes('10000000000000000400000000000000') },
  },
} satisfies Record<string, Prose>;
