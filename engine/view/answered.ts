// SPDX-License-Identifier: MIT
/** The answers that no step scripted, as a page shows them in the place of replies. */
import { errnoText } from '../kernel/errno.ts';
import type { AnswerBy, Execution, Reply, Request } from '../run/types.ts';
import { address, plain } from '../checks/format.ts';
import { wireFlagsText, wireTypeText } from './structs.ts';
import type { WireMapping } from '../run/types.ts';

/** A request, and what it was answered: a line for each mapping, or one. */
export interface Answered {
  by: AnswerBy;
  request: string;
  lines: string[];
}

/** Of so many answers of a step a page shows each. */
const SHOWN = 50;

export interface AnsweredList {
  shown: Answered[];
  more: number;
}

/** What was answered in an execution by who is not in the step itself, in order. */
export function answeredOf({ io, request, reply }: Execution): AnsweredList {
  const pairs = io === null ? [{ request, reply }] : io.calls;
  const all = pairs.flatMap((pair) =>
    pair.request !== null && pair.reply?.by !== undefined
      ? [{ request: pair.request, reply: pair.reply }]
      : [],
  );
  return {
    shown: all.slice(0, SHOWN).map(({ request: asked, reply: said }) => answered(asked, said)),
    more: Math.max(0, all.length - SHOWN),
  };
}

function answered(request: Request, reply: Reply): Answered {
  const { name, pos, count, written, ioend } = request;
  const short = name.replace('FUSE_IOMAP_', '').toLowerCase();
  const words = [
    `${short} pos ${plain(pos)}`,
    // An ioend has no count.
    ...(ioend === null ? [`count ${plain(count)}`] : []),
    ...(written === null ? [] : [`written ${written < 0n ? errnoText(written) : plain(written)}`]),
    ...(ioend === null || ioend.error === 0 ? [] : [`error ${errnoText(ioend.error)}`]),
  ];
  const { read, write, writeFilledIn, header } = reply;
  const error = header?.error ?? 0;
  const lines =
    read !== null
      ? [
          `read ${mappingText(read)}`,
          ...(write === null || writeFilledIn ? [] : [`write ${mappingText(write)}`]),
        ]
      : [error === 0 ? '0' : errnoText(error)];
  return { by: reply.by!, request: words.join(' '), lines };
}

/** `MAPPED offset 0 length 4096 addr 0x100000 dev 1`. */
function mappingText({ type, offset, length, addr, flags, dev }: WireMapping): string {
  const where = dev === 0 ? '' : ` addr ${address(addr)} dev ${dev}`;
  const marks = flags === 0 ? '' : ` ${wireFlagsText(flags)}`;
  return `${wireTypeText(type)} offset ${plain(offset)} length ${plain(length)}${where}${marks}`;
}
