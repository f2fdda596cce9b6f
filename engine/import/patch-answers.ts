// SPDX-License-Identifier: MIT
/**
 * Which checks of the size of an answer a statement makes, by what its conditions compare: those of the transport in
 * dev.c, and of the answer to the FUSE_WRITE that stores an inline mapping.
 */
import type { CheckId } from '../kernel/checks.ts';
import type { Atom, Term } from './c-condition.ts';
import { ORDERS, equates, has, hasField, hasName, made, orders, type Conditions } from './patch-terms.ts';

/** Those of fuse_iomap_inline_write, which stores the bytes of an inline mapping. */
const INLINE_WRITE: Conditions = [
  [
    'inline-past-mapping',
    ({ term }) => orders(term) && hasField(term, 'length') && hasName(term, /^(?:pos|written)$|end$/),
  ],
  [
    'inline-written-more',
    ({ term }) => orders(term) && hasName(term, /^out(?:arg)?$/) && hasField(term, 'size'),
  ],
];

/** Those of fuse_dev_do_write on the size of what the server wrote. */
const WRITTEN: Conditions = [
  ['reply-short-header', ({ term }) => has(term, (part) => orders(part) && isHeaderSize(part))],
  ['reply-error-payload', ({ term }) => has(term, (part) => equates(part) && isHeaderSize(part))],
];

/** That of fuse_copy_out_args: are there more bytes than the request has room for, or not as many? */
const COPIED: Conditions = [
  ['reply-size', (atom) => equates(atom.term) && hasName(atom.term, BYTES)],
  ['reply-size', exceeds],
];

/** The checks of this file. */
export const ANSWER_CHECKS: readonly CheckId[] = [...INLINE_WRITE, ...WRITTEN, ...COPIED].map(
  ([check]) => check,
);

/** The checks of fuse_iomap_inline_write that a statement makes. */
export const inlineWriteChecks = (statement: string): CheckId[] =>
  made(INLINE_WRITE, statement, { label: null });

/** The checks that a statement of fuse_dev_do_write makes of the number of bytes. */
export const writtenChecks = (statement: string): CheckId[] => made(WRITTEN, statement, { label: null });

/** The checks of fuse_copy_out_args that a statement makes. */
export const copiedChecks = (statement: string): CheckId[] => made(COPIED, statement, { label: null });

/** How many bytes the server wrote, as the functions of dev.c name it. */
const BYTES = /^nbytes$/;

/** The bytes written, held against the size of the header before an answer. */
const isHeaderSize = (term: Term): boolean =>
  hasName(term, BYTES) && has(term, (part) => part.kind === 'call' && part.name === 'sizeof');

/** Whether the bytes written are the larger side of an order, as the condition has it or as its opposite has. */
function exceeds({ negated, term }: Atom): boolean {
  if (term.kind !== 'binary' || !ORDERS.has(term.op)) return false;
  const larger = term.op.startsWith('>') !== negated ? term.left : term.right;
  return larger.kind === 'name' && BYTES.test(larger.path.at(-1)!);
}
