// SPDX-License-Identifier: MIT
import { canonicalValue } from '../scenario/print.ts';
import { isObject } from '../scenario/path.ts';
import { pretty } from '../scenario/write.ts';
import type { JsonValue } from '../scenario/json.ts';

/** A step of a document as one is written, canonical; the last one if no index is given. Empty where there is none. */
export function stepText(document: JsonValue | null, index?: number): string {
  const value = document === null ? undefined : canonicalValue(document);
  const steps = isObject(value) ? value['steps'] : undefined;
  const step = Array.isArray(steps) ? steps.at(index ?? -1) : undefined;
  return step === undefined ? '' : pretty(step);
}
