// SPDX-License-Identifier: MIT
/** Searches and comparisons, beside the engine that answers what is typed: nothing here keeps a verdict waiting. */
import type { Scenario } from '#engine/scenario/schema.ts';
import { revisionOf } from '#engine/scenario/revision.ts';
import { nearestOffer } from '#engine/view/nearest-answer.ts';
import { loadCore, onceEach } from './cores.ts';
import { wholeOf } from '#engine/scenario/part.ts';
import type { SearchAnswer, SearchQuestion } from '#engine/view/search-protocol.ts';
import { tellAlive } from './alive.ts';

tellAlive();

const moduleOf = onceEach(loadCore);
/** The question that counts: a newer one, or a stop, ends those before it. */
let current = 0;
/** What the last question for a nearest reply was about. */
let received: Scenario | null = null;

const say = (answer: SearchAnswer) => {
  if (answer.seq === current) postMessage(answer);
};

/** Work is done in stretches of this length; in between, a newer question is heard. */
const STRETCH_MS = 40;
const breath = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Drives a search to its end, unless a newer question comes; then it returns undefined. */
async function drive<P, R>(
  seq: number,
  search: Generator<P, R>,
  report: (progress: P) => void,
): Promise<R | undefined> {
  let since = performance.now();
  for (;;) {
    const { done, value } = search.next();
    if (done) return value;
    if (performance.now() - since < STRETCH_MS) continue;
    report(value);
    await breath();
    if (seq !== current) return undefined;
    since = performance.now();
  }
}

onmessage = async ({ data }: MessageEvent<SearchQuestion>) => {
  const { seq } = data;
  current = seq;
  if (data.kind === 'stop') return;
  try {
    if (data.kind === 'nearest') {
      const scenario = wholeOf(data.part, received);
      received = scenario;
      const module = await moduleOf(revisionOf(scenario));
      if (seq !== current) return;
      const offer = await drive(seq, nearestOffer(module, scenario, data.execution), (progress) =>
        say({ kind: 'nearest-progress', seq, ...progress }),
      );
      if (offer !== undefined) say({ kind: 'nearest', seq, offer });
    } else if (data.kind === 'review') {
      const { reviewAll } = await import('#engine/view/review/all.ts');
      const search = await reviewAll(data.examples, moduleOf);
      const cases = await drive(seq, search, (done) =>
        say({ kind: 'progress', seq, ...done, words: 'cases' }),
      );
      if (cases !== undefined) say({ kind: 'review', seq, cases });
    } else {
      const { answerComparison } = await import('#engine/view/compare-answer.ts');
      await answerComparison(data, { moduleOf, say, drive });
    }
  } catch (error) {
    say({ kind: 'failed', seq, message: error instanceof Error ? error.message : String(error) });
  }
};
