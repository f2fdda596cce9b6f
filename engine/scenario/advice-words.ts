// SPDX-License-Identifier: MIT
/**
 * The words of advice.ts, once they are there: a page loads them after its first verdict, for which no problem is told.
 * Until then a problem says where it is and what was expected.
 */
import type { JsonFault } from './json.ts';

interface Advice {
  numberAdvice: (raw: unknown, max: bigint, names: readonly string[]) => string;
  beginningAdvice: (raw: unknown, words: readonly string[]) => string;
  tagAdvice: (tag: string, input: unknown) => string;
  switchAdvice: (raw: unknown) => string;
  keyAdvice: (name: string, beside: object, known: readonly string[]) => string | null;
  zeroFault: (text: string, start: number) => JsonFault | null;
  LIST: string;
  ofAdvice: (steps: readonly { do: string }[], at: number, kind: string) => string;
}

export const advice: Partial<Advice> = {};
