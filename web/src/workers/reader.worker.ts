// SPDX-License-Identifier: MIT
/** Reads what people paste, drop or open, off the page's thread: the page ends this worker if the reader says so. */
import { read } from '#engine/view/reading.ts';
import type { ReadAnswer, ReadQuestion } from '#engine/view/reading-protocol.ts';
import { tellAlive } from './alive.ts';

tellAlive();

const say = (answer: ReadAnswer) => postMessage(answer);

onmessage = async ({ data: { seq, readFor, text } }: MessageEvent<ReadQuestion & { seq: number }>) => {
  say({ kind: 'begun', seq });
  try {
    const reading = await read(readFor, text, (stage) => say({ kind: 'stage', seq, stage }));
    say({ kind: 'read', seq, reading });
  } catch (error) {
    say({ kind: 'failed', seq, message: error instanceof Error ? error.message : String(error) });
  }
};
