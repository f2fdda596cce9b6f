// SPDX-License-Identifier: MIT
/** What a teacher can choose of a run for the goal of an exercise: parts of what happened in a step. */
import { grouped } from '../kernel/digits.ts';
import { isUnknown } from '../kernel/unknown.ts';
import { crc32 } from '../run/crc32.ts';
import type { Execution } from '../run/types.ts';
import { inline, type JsonObject, type JsonValue } from '../scenario/path.ts';
import { hexText } from '../text/json.ts';
import { expectationOf } from './expectation-of.ts';

export interface GoalOffer {
  /** The keys of the expectation that it sets. */
  key: string;
  /** What happened, in words. */
  words: string;
  expect: JsonObject;
}

const WORDS: Readonly<Record<string, string>> = {
  ret: 'it returns',
  check: 'the check that refuses',
  which: 'the mapping that is refused',
  iomap: 'the iomap',
  srcmap: 'the srcmap',
  sent: 'a request was sent',
};

/** All that a goal can ask of a step, each as it came out. */
export function goalOffers(execution: Execution): GoalOffer[] {
  const plain = Object.entries(expectationOf(execution)).map(([key, value]): GoalOffer => ({
    key,
    words: `${WORDS[key] ?? key}: ${inline(value)}`,
    expect: { [key]: value },
  }));
  return [...plain, ...ioOffers(execution)];
}

function ioOffers({ io, ret }: Execution): GoalOffer[] {
  if (io === null) return [];
  const offers: GoalOffer[] = [];
  const offer = (key: string, words: string, value: JsonValue) =>
    offers.push({ key, words, expect: { [key]: value } });
  if (io.data !== null && io.data.length > 0 && BigInt(io.data.length) === ret) {
    const [value, words] = dataOf(io.data);
    offer('data', `the bytes that are read: ${words}`, value);
  }
  const bios = io.events.flatMap((event) => (event.kind === 'bio' ? [event] : []));
  if (io.eventsLeftOut === 0 && bios.every(({ op }) => !isUnknown(op)))
    offer(
      'bios',
      `what reaches the disks: ${bios.map(bioWords).join(', ') || 'nothing'}`,
      bios.map(({ op, device, sector, lengthBytes }) => ({
        op: op as string,
        device,
        sector,
        length: lengthBytes,
      })),
    );
  const requests = io.calls.filter(({ request }) => request !== null).length;
  offer('requests', `how many requests the server gets: ${requests}`, BigInt(requests));
  offer('size', `the size of the file: ${grouped(io.sizeBytes)}`, io.sizeBytes);
  return offers;
}

const bioWords = ({
  op,
  device,
  sector,
  lengthBytes,
}: {
  op: unknown;
  device: string;
  sector: bigint;
  lengthBytes: bigint;
}) => `${String(op)} ${grouped(lengthBytes)} bytes at sector ${grouped(sector)} of ${device}`;

/** Bytes as an expectation says them, and in words. */
function dataOf(data: Uint8Array): [JsonValue, string] {
  const [first = 0] = data;
  if (data.every((byte) => byte === first))
    return [{ fill: BigInt(first) }, `${grouped(data.length)} times ${first}`];
  if (data.length <= 16) return [{ hex: hexText(data) }, hexText(data)];
  return [{ crc32: BigInt(crc32(data)) }, `these ${grouped(data.length)}`];
}
