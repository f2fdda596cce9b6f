// SPDX-License-Identifier: MIT
import type * as v from 'valibot';
import { quoted } from '../kernel/clean.ts';
import { advice } from './advice-words.ts';
import { didYouMean } from './nearest.ts';
import type { Finding } from './parse.ts';
import { unwrap, type Shape } from './shape.ts';

/** Whether an issue says that an object has unknown keys: valibot says so of the first of them. */
export function isUnknownKey({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === 'strict_object' && expected === 'never';
}

/** Every key of a value, however deep, that its shape does not know. */
export function unknownKeys(root: Shape, value: unknown): Finding[] {
  const findings: Finding[] = [];
  walk(root, value, [], findings);
  return findings;
}

function walk(outer: Shape, value: unknown, path: (string | number)[], findings: Finding[]): void {
  if (typeof value !== 'object' || value === null) return;
  const shape = unwrap(outer, value);
  const { entries, item } = shape;
  if (Array.isArray(value)) {
    if (item !== undefined) value.forEach((one, i) => walk(item, one, [...path, i], findings));
    return;
  }
  for (const [name, part] of Object.entries(value)) {
    const at = [...path, name];
    const known = entries === undefined ? shape.value : Object.hasOwn(entries, name) && entries[name];
    if (known) walk(known, part, at, findings);
    else if (shape.type === 'strict_object')
      findings.push(unknownKey(name, Object.keys(entries ?? {}), at, value));
  }
}

function unknownKey(name: string, known: string[], path: (string | number)[], beside: object): Finding {
  // Only those that are told are put into words: there may be a hundred thousand.
  const message = () =>
    advice.keyAdvice?.(name, beside, known) ??
    `Unknown key ${quoted(name)}.${didYouMean(name, known) || ` Keys here: ${known.join(', ')}.`}`;
  return { severity: 'error', message, path, onKey: true };
}
