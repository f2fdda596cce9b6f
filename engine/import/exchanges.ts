// SPDX-License-Identifier: MIT
/** Which answer in a trace of system calls belongs to which request: fuse numbers them, for each connection anew. */

/** A request or an answer, as its header says. */
export interface Numbered {
  /** The descriptor that it was read from or written to; null if that is not in the text. */
  fd: number | null;
  unique: bigint;
}

/**
 * Pairs of a question and its answer, in the order of the questions; of two with one number the earlier ones belong
 * together. A side without a descriptor goes with any. Linear in the number of both.
 */
export function paired<Q extends Numbered, A extends Numbered>(
  questions: readonly Q[],
  answers: readonly A[],
): [Q, A][] {
  const waiting = new Map<string, A[]>();
  for (const answer of [...answers].reverse()) {
    const key = keyOf(answer.fd, answer.unique);
    const list = waiting.get(key);
    if (list === undefined) waiting.set(key, [answer]);
    else list.push(answer);
  }
  return questions.flatMap((question) => {
    const answer =
      waiting.get(keyOf(question.fd, question.unique))?.pop() ??
      waiting.get(keyOf(null, question.unique))?.pop();
    return answer === undefined ? [] : [[question, answer] as [Q, A]];
  });
}

const keyOf = (fd: number | null, unique: bigint): string => `${fd ?? ''}:${unique}`;
