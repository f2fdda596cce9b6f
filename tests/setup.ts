// SPDX-License-Identifier: MIT
import fc from 'fast-check';
// Problems of documents in all their words, whichever file a worker runs first.
import '#engine/scenario/advice.ts';

/**
 * Property tests draw the same cases in every run, so that a red run is red again. FC_SEED draws others:
 * `FC_SEED=random npm run test:unit` new ones each time, a number those of that seed. A failure names its seed.
 */
const wanted = process.env['FC_SEED'] ?? '20251029';
const seed = wanted === 'random' ? Date.now() ^ (Math.random() * 0x1_0000_0000) : Number(wanted);
if (!Number.isInteger(seed)) throw new Error(`FC_SEED=${wanted}: expected an integer, or random`);
fc.configureGlobal({ seed });
