// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { FUSE_OPCODE } from '../kernel/names.ts';
import { decodeOutHeader } from '../kernel/wire.ts';
import { count } from '../checks/format.ts';
import { paired, type Numbered } from './exchanges.ts';
import type { Transfer } from './syscalls.ts';
import { refuse, type ImportError } from './types.ts';
import { answerOf, isRequest, requestOf, type ImportedDump } from './wire-bytes.ts';

/** As many exchanges as become steps. */
const MOST_EXCHANGES = 1_000;
/** The number of an answer whose bytes have no header. No request has it. */
const NO_NUMBER = -1n;

/**
 * The transfers in a trace of strace, or of several dumps: each answer that is whole and has its request there, in the
 * order of the requests; without one the first answer, or else the first request.
 */
export function exchanges(calls: readonly Transfer[]): ImportedDump | ImportError {
  const requests = calls.filter(({ way, bytes }) => way !== 'write' && isRequest(bytes));
  const isAsked = new Set(requests);
  const writes = calls.filter((call) => call.way !== 'read' && !isAsked.has(call));
  const questions = requests.flatMap(({ fd, bytes }) => {
    const found = requestOf(bytes);
    return found?.ok && found.question !== null ? [{ fd, unique: found.question.unique, found }] : [];
  });
  const answers = writes.flatMap((call) => {
    const { fd, cut, bytes } = call;
    const found = cut ? null : answerOf(bytes);
    // The answer of a call that is not an iomap_begin looks like one without mappings.
    return found?.ok ? [{ fd, unique: found.header?.unique ?? NO_NUMBER, found, call }] : [];
  });
  const where = calls.some(({ dump }) => dump) ? 'in these dumps' : 'among these calls';
  const pairs = paired(questions, answers);
  const used = new Set(pairs.map(([, said]) => said));
  const left = answers.filter((said) => !used.has(said));
  // The answers of other calls: an iomap_end's has no mappings, and none are asked for here.
  const others = new Set(paired(otherRequests(requests), left).map(([, said]) => said));
  const lost = writes.find(({ cut, bytes }) => cut && bytes.length > 0);
  const [first] = pairs;
  if (first !== undefined) {
    const same = pairs.filter(([{ fd }]) => fd === first[0].fd);
    const shown = same.slice(0, MOST_EXCHANGES);
    return {
      ...first[1].found,
      question: first[0].found.question,
      further: shown.slice(1).map(([asks, said]) => ({ ...said.found, question: asks.found.question! })),
      unknown: [
        ...shown.flatMap(([, { found }]) => found.unknown),
        ...leftOut(pairs.length - same.length, 'exchange', 'of another descriptor, so of another connection'),
        ...leftOut(same.length - shown.length, 'exchange', `past the first ${MOST_EXCHANGES}`),
        ...leftOut(questions.length - pairs.length, 'question', 'without a whole answer'),
        ...leftOut(answers.length - pairs.length - others.size, 'answer', 'without its question'),
        ...lostWords(lost),
        ...failures(shown.map(([, said]) => said)),
      ],
    };
  }
  const alone = left.filter((said) => !others.has(said));
  const [chosen] = alone;
  if (chosen === undefined && lost !== undefined) return refuse(cutWords(lost), lost.line);
  if (chosen === undefined) {
    const [request] = requests;
    const [asks] = questions;
    if (asks !== undefined)
      return {
        ...asks.found,
        unknown: [...asks.found.unknown, ...leftOut(questions.length - 1, 'more question', 'here')],
      };
    if (request !== undefined) return requestOf(request.bytes)!;
    return refuse(`There is no answer to FUSE_IOMAP_BEGIN ${where}.`, calls[0]!.line);
  }
  return {
    ...chosen.found,
    unknown: [
      ...chosen.found.unknown,
      ...leftOut(alone.length - 1, 'more answer', 'here'),
      ...lostWords(lost),
      ...failures([chosen]),
    ],
  };
}

const lostWords = (lost: Transfer | undefined): string[] =>
  lost === undefined ? [] : [`Line ${lost.line}: ${cutWords(lost)}`];

/** Of answers whose call says that the kernel did not take them. */
const failures = (answers: readonly { call: Transfer }[]): string[] =>
  answers.flatMap(({ call: { line, failed } }) =>
    failed === undefined
      ? []
      : [
          `Line ${line}: the call failed with -${failed}: the kernel that was traced did not take this answer.`,
        ],
  );

function cutWords({ bytes, whole, dump }: Transfer): string {
  if (dump)
    return (
      `The header says ${grouped(whole ?? 0)} bytes, and ${grouped(bytes.length)} are here: this lost its end, and is ` +
      'not taken for an answer.'
    );
  const of = whole === null ? '' : ` of ${grouped(whole)}`;
  return (
    `strace cut what was written here: ${grouped(bytes.length)}${of} bytes are shown, and the rest is lost. ` +
    'Trace with "strace -s 200", or with "-e write=all", which prints all of it.'
  );
}

/** The requests that are not an iomap_begin. */
const otherRequests = (requests: readonly Transfer[]): Numbered[] =>
  requests.flatMap(({ fd, bytes }) => {
    const { error: opcode, unique } = decodeOutHeader(bytes)!;
    return opcode === FUSE_OPCODE.FUSE_IOMAP_BEGIN ? [] : [{ fd, unique }];
  });

/** "2 answers without their question are not used.", or nothing. */
function leftOut(many: number, noun: string, which: string): string[] {
  return many <= 0 ? [] : [`${count(many, noun)} ${which} ${many === 1 ? 'is' : 'are'} not used.`];
}
