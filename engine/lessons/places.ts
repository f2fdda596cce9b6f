// SPDX-License-Identifier: MIT
/** Paths and edits of a scenario as a reader is told of them: counted from 1, and with the labels of the form. */
import { ordinal } from '../kernel/ordinal.ts';
import { labelOfField } from '../words/field-labels.ts';
import { inline, isObject } from '../scenario/path.ts';
import type { LessonEdit } from './types.ts';

type Path = readonly (string | number)[];

/** `step 2, reply 1, read: type, addr`: places of a scenario, those of one thing together. */
export function placesInWords(paths: readonly Path[]): string {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const whole = typeof path.at(-1) === 'number' || path.at(-1) === 'read' || path.at(-1) === 'write';
    const holder = thingInWords(whole ? path : path.slice(0, -1));
    groups.set(holder, [
      ...(groups.get(holder) ?? []),
      ...(whole ? [] : [labelOfField(String(path.at(-1)))]),
    ]);
  }
  return [...groups]
    .map(([holder, fields]) => [holder, fields.join(', ')].filter(Boolean).join(holder ? ': ' : ''))
    .join('; ');
}

/** What is said by the rest of a path, or has no heading in the form. */
const UNSAID = new Set<string | number>(['reply', 'config']);

function thingInWords(path: Path): string {
  const words: string[] = [];
  path.forEach((part, i) => {
    const next = path[i + 1];
    if (part === 'steps' && typeof next === 'number') words.push(`step ${ordinal(next)}`);
    else if (part === 'replies' && typeof next === 'number') words.push(`reply ${ordinal(next)}`);
    else if (typeof part === 'number') {
      const list = path[i - 1];
      if (list !== 'steps' && list !== 'replies') words.push(`${ordinal(part)}`);
    } else if (!UNSAID.has(part)) words.push(labelOfField(part));
  });
  return words.join(', ');
}

/** An edit as a reader would make it. */
export function editInWords({ path, value }: LessonEdit): { place: string; value: string } {
  const place = `${thingInWords(path.slice(0, -1))}${typeof path.at(-1) === 'number' ? '' : `: ${labelOfField(String(path.at(-1)))}`}`;
  const whole = typeof path.at(-1) === 'number' ? thingInWords(path) : place;
  return { place: whole, value: valueInWords(value) };
}

/** Edits as a reader would make them: what sets several fields at once, field by field. */
export const editsInWords = (edits: readonly LessonEdit[]): { place: string; value: string }[] =>
  edits.flatMap(fieldByField).map(editInWords);

function fieldByField({ path, value }: LessonEdit): LessonEdit[] {
  const fields = isObject(value) ? Object.entries(value) : [];
  if (fields.length === 0) return [{ path, value }];
  return fields.flatMap(([key, one]) => fieldByField({ path: [...path, key], value: one }));
}

/** As it is typed into a field: words without quotes. */
function valueInWords(value: LessonEdit['value']): string {
  if (value === undefined) return 'remove it';
  return typeof value === 'string' ? value : inline(value);
}
