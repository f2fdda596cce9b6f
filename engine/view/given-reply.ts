// SPDX-License-Identifier: MIT
import { errnoText } from '../kernel/errno.ts';
import { grouped } from '../kernel/digits.ts';
import type { AnswerBy, Reply, WireMapping } from '../kernel/wire-types.ts';
import { wireFlagsText, wireTypeText } from './structs.ts';

/** A reply that no step has written: who gave it, and what it says in short, a line each. */
export interface GivenReply {
  by: AnswerBy;
  lines: { label: string; text: string }[];
}

/** Null for a reply that the step itself has. */
export function givenReply(reply: Reply | null): GivenReply | null {
  if (reply?.by === undefined) return null;
  const { by, header, read, write, writeFilledIn } = reply;
  if (header !== null && header.error !== 0)
    return { by, lines: [{ label: 'error', text: errnoText(header.error) }] };
  const lines = [
    ...(read === null ? [] : [{ label: 'read', text: words(read) }]),
    ...(write === null
      ? []
      : [{ label: 'write', text: writeFilledIn ? 'left out: a pure overwrite' : words(write) }]),
  ];
  return { by, lines: lines.length > 0 ? lines : [{ label: 'bytes', text: grouped(reply.bytes.length) }] };
}

function words({ offset, length, addr, type, flags, dev }: WireMapping): string {
  const flagged = flags === 0 ? '' : `, flags ${wireFlagsText(flags)}`;
  return `${wireTypeText(type)}, offset ${offset}, length ${length}, addr 0x${addr.toString(16)}, dev ${dev}${flagged}`;
}
