// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { lessonFaults } from '#engine/lessons/check.ts';
import { edited, startOf } from '#engine/lessons/documents.ts';
import { judge, type Judgement } from '#engine/lessons/judge.ts';
import { LESSONS } from '#engine/lessons/names.ts';
import { pointerOf } from '#engine/lessons/pointer.ts';
import type { Lesson, LessonEdit } from '#engine/lessons/types.ts';
import { findWord } from '#engine/words/find.ts';
import { minify } from '#engine/scenario/write.ts';
import { oneFieldEdits } from './lesson-edits.ts';
import { LESSON_FILES, core, lessonOf } from './lesson-files.ts';

/** What came of an edit of a step's start; `judgement` is null where it leaves no scenario. */
interface Tried {
  step: number;
  edits: readonly LessonEdit[];
  judgement: Judgement | null;
}

/** Every answer that is tried: each edit of one field of a start, and the answers that hints name. */
function tryAll(lesson: Lesson): { byField: Tried[]; named: Tried[] } {
  const byField: Tried[] = [];
  const named: Tried[] = [];
  lesson.steps.forEach((step, index) => {
    const start = startOf(lesson, index);
    const answer = (edits: readonly LessonEdit[]): Tried => ({
      step: index,
      edits,
      judgement: judge(step, start, edited(start, edits), core),
    });
    const edits = oneFieldEdits(start, step.edit, core(lesson.revision));
    byField.push(...edits.map((one) => answer([one])), answer([]));
    named.push(...step.hints.flatMap((hint) => (hint.answer === null ? [] : [answer(hint.answer)])));
  });
  return { byField, named };
}

/** As the frozen list has it. */
const written = ({ path, value }: LessonEdit): string =>
  `${pointerOf(path)} ${value === undefined ? 'removed' : minify(value)}`;

test('use no word that has no entry', () => {
  const unknown = LESSON_FILES.flatMap((id) => {
    const text = readFileSync(new URL(`../../lessons/${id}.json`, import.meta.url), 'utf8');
    return [...text.matchAll(/\[\[([^\]|]+)/g)].map(([, word]) => word!).filter((word) => !findWord(word));
  });
  expect(unknown).toEqual([]);
});

test('are numbered, each once', () => {
  expect([...LESSONS].sort()).toEqual([...LESSON_FILES].sort());
});

let hints = { all: 0, accepted: 0 };

describe.each(LESSON_FILES)('%s', (id) => {
  let lesson: Lesson;
  let tried: ReturnType<typeof tryAll>;

  beforeAll(() => {
    lesson = lessonOf(id);
    tried = tryAll(lesson);
  });

  test('has solutions that meet its goals, starts that do not, and hints that come when they should', () => {
    expect(lesson.id).toBe(id);
    expect(lessonFaults(lesson, core)).toEqual([]);
  });

  test('has no hint that nothing leads to', () => {
    const reached = [...tried.byField, ...tried.named];
    lesson.steps.forEach((step, index) => {
      step.hints.forEach((_, i) => {
        const answers = reached.filter(({ step: own, judgement }) => own === index && judgement?.hint === i);
        expect(answers.length, `hint ${i + 1} of step ${index + 1}`).toBeGreaterThan(0);
        hints.all++;
        if (answers.some(({ judgement }) => judgement!.came === 'taken')) hints.accepted++;
      });
    });
  });

  test('is met by those edits of one field that were looked at', () => {
    const frozen = JSON.parse(
      readFileSync(new URL(`../data/lessons/${id}.json`, import.meta.url), 'utf8'),
    ) as Record<string, string[]>;
    const met = lesson.steps.map((_, index) => [
      String(index + 1),
      [
        ...new Set(
          tried.byField
            .filter(({ step, judgement }) => step === index && judgement?.met)
            .map(({ edits }) => written(edits[0]!)),
        ),
      ],
    ]);
    expect(Object.fromEntries(met)).toEqual(frozen);
    expect(tried.byField.length).toBeGreaterThan(10);
  });
});

test('at least a third of all hints are for answers that the kernel took', () => {
  expect(hints.accepted * 3).toBeGreaterThanOrEqual(hints.all);
  hints = { all: 0, accepted: 0 };
});
