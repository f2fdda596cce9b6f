// SPDX-License-Identifier: MIT
import { encodeLink } from '#engine/link/codec.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { canonicalValue } from '#engine/scenario/print.ts';
import type { LinkAnswer, LinkQuestion } from './link-maker.ts';
import { tellAlive } from './alive.ts';

tellAlive();

/** Makes links of long documents, which takes longer than the page may stand still. */
onmessage = ({ data: { text, seq, ...rest } }: MessageEvent<LinkQuestion & { seq: number }>) => {
  const { value, scenario } = parseDocument(text);
  const hash = scenario === null ? '' : encodeLink({ ...rest, scenario: canonicalValue(value) });
  postMessage({ seq, hash } satisfies LinkAnswer);
};
