// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { edited, solutionOf, startOf, strayed } from './documents.ts';
import { judge, revisionsOf } from './judge.ts';
import { readExercise } from '../exercises/read.ts';
import { readLesson } from './read.ts';
import type { Lesson, LessonEdit } from './types.ts';

const READ = '/steps/0/reply/read';

const FILE = {
  lesson: 1,
  id: 'small',
  title: 'Small',
  needs: '',
  learned: '',
  revision: 'v6-04',
  steps: [
    {
      title: 'A hole',
      text: ['Say it.'],
      task: 'A hole.',
      start: { steps: [{ do: 'iomap_begin', reply: { read: { length: 4096 } } }, { do: 'backing_open' }] },
      edit: [`${READ}/addr`, `${READ}/type`, '/steps/1/fd'],
      nothingRefused: true,
      goal: [{ expect: { ret: 0, iomap: { type: 'HOLE' } } }],
      hints: [
        { when: { expect: { ret: 0 } }, if: { path: `${READ}/type`, is: 'DELALLOC' }, text: 'not this' },
        {
          when: { expect: { check: 'addr-forbidden' } },
          if: { path: `${READ}/addr`, is: null },
          text: 'left out',
        },
        { when: { expect: { check: 'addr-forbidden' } }, text: 'a place' },
      ],
      solution: [{ path: `${READ}/addr`, value: 'NULL_ADDR' }],
    },
    {
      title: 'Again',
      text: ['On.'],
      task: 'A block more.',
      start: 'continue',
      edit: [`${READ}/length`],
      goal: [{ expect: { iomap: { length: 8192 } } }, { rev: 'late', step: 1, expect: { ret: 1 } }],
      solution: [{ path: `${READ}/length`, value: '8K' }],
    },
  ],
};

function lessonOf(file: unknown = FILE): Lesson {
  const { lesson, problems } = readLesson(JSON.stringify(file));
  expect(problems).toEqual([]);
  return lesson!;
}

const core = (revision: Parameters<typeof loadCore>[1]) => loadCore('trace', revision);
const path = (pointer: string) =>
  pointer
    .slice(1)
    .split('/')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** What the first step says of edits of its start. */
function judged(...edits: [pointer: string, value: LessonEdit['value']][]) {
  const lesson = lessonOf();
  const start = startOf(lesson, 0);
  const all = edits.map(([pointer, value]) => ({ path: path(pointer), value }));
  return judge(lesson.steps[0]!, start, edited(start, all), core);
}

describe('an answer', () => {
  test('that is the start has the hint that fits first', () => {
    expect(judged()).toEqual({
      met: false,
      hint: 1,
      came: 'refused',
      refusedBy: 'addr-forbidden',
      strayed: [],
    });
    expect(judged([`${READ}/addr`, 8n])).toMatchObject({ met: false, hint: 2 });
  });

  test('that was taken and is wrong is told apart from a refused one', () => {
    const found = judged([`${READ}/addr`, 'NULL_ADDR'], [`${READ}/type`, 'DELALLOC']);
    expect(found).toEqual({ met: false, hint: 0, came: 'taken', refusedBy: null, strayed: [] });
    // A value in another spelling is the same value.
    expect(judged([`${READ}/addr`, 'NULL_ADDR'], [`${READ}/type`, 1n])?.hint).toBe(0);
  });

  test('meets the goal by the solution, and has no hint then', () => {
    expect(judged([`${READ}/addr`, 'NULL_ADDR'])).toEqual({
      met: true,
      hint: null,
      came: 'taken',
      refusedBy: null,
      strayed: [],
    });
  });

  test('in which another step is refused does not meet a goal that forbids it', () => {
    expect(judged([`${READ}/addr`, 'NULL_ADDR'], ['/steps/1/fd', 9n])).toMatchObject({
      met: false,
      came: 'taken',
      refusedBy: null,
    });
  });

  test('that edits more than it may does not meet the goal, and the places are told', () => {
    const found = judged(
      [`${READ}/addr`, 'NULL_ADDR'],
      ['/steps/0/count', 512n],
      ['/steps/2', { do: 'unmount' }],
    );
    expect(found).toMatchObject({
      met: false,
      strayed: [
        ['steps', 0, 'count'],
        ['steps', 2, 'do'],
      ],
    });
  });

  test('may have another title and remarks', () => {
    const notes: [string, string][] = [
      ['/title', 'x'],
      ['/notes', 'y'],
      ['/steps/0/note', 'z'],
    ];
    expect(judged([`${READ}/addr`, 'NULL_ADDR'], ...notes)?.met).toBe(true);
  });

  test('that is no scenario is not judged', () => {
    expect(judged([`${READ}/addr`, 'nowhere'])).toBeNull();
  });
});

test('a question may be asked with edits, which are none of the answer', () => {
  const reply = { read: { length: 4096, addr: 'NULL_ADDR' } };
  const start = { steps: [{ do: 'pread', direct: true, replies: [reply] }, { do: 'backing_open' }] };
  const asWrite = (value: string) => [
    { path: '/steps/0/do', value },
    { path: '/steps/0/length', value: 4096 },
  ];
  const asked = (goal: unknown[]) => {
    const lesson = lessonOf({ ...FILE, steps: [{ ...FILE.steps[0], start, goal, hints: [] }] });
    const text = startOf(lesson, 0);
    return judge(lesson.steps[0]!, text, text, core);
  };
  const read = { expect: { ret: 4096 } };
  expect(asked([read])).toMatchObject({ met: true, strayed: [] });
  expect(asked([read, { with: asWrite('pwrite'), expect: { ret: '-EIO' } }])).toMatchObject({ met: true });
  expect(asked([read, { with: asWrite('pwrite'), expect: { ret: 4096 } }])?.met).toBe(false);
});

test('a question of a step that its edits take away is a problem of the file', () => {
  const goal = [{ step: 1, with: [{ path: '/steps/1' }], expect: { ret: 1 } }];
  const { problems } = readLesson(JSON.stringify({ ...FILE, steps: [{ ...FILE.steps[0], goal }] }));
  expect(problems.join()).toContain('no step with the index 1');
});

test('a request without an answer is told as waiting', () => {
  const start = { steps: [{ do: 'pread', direct: true, replies: [] }] };
  const step = { ...FILE.steps[0], start, goal: [{ expect: { ret: 0 } }], hints: [] };
  const lesson = lessonOf({ ...FILE, steps: [step] });
  const text = startOf(lesson, 0);
  expect(judge(lesson.steps[0]!, text, text, core)?.came).toBe('waiting');
});

test('a step that continues begins with what the step before left, or its solution', () => {
  const lesson = lessonOf();
  expect(startOf(lesson, 1)).toContain('"NULL_ADDR"');
  expect(startOf(lesson, 1)).toContain('"title": "Small: Again"');
  const mine = startOf(lesson, 0).replace('4096', '4096, "addr": "0xffffffffffffffff"');
  const start = startOf(lesson, 1, mine);
  expect(start).toContain('0xffffffffffffffff');
  const step = lesson.steps[1]!;
  expect(judge(step, start, solutionOf(lesson, 1, start), core)?.met).toBe(true);
  expect(revisionsOf(step, 'v6-04')).toEqual(['v6-04', 'late']);
});

test('a question of another revision is asked of that one', () => {
  const step = { ...FILE.steps[1]!, goal: [{ rev: 'v6-03', expect: { check: 'write-after-pos' } }] };
  const lesson = lessonOf({ ...FILE, steps: [FILE.steps[0], step] });
  const start = startOf(lesson, 1);
  expect(judge(lesson.steps[1]!, start, solutionOf(lesson, 1), core)?.met).toBe(false);
});

test('where one is left out altogether, the fields of the other are what differs', () => {
  const step = lessonOf().steps[0]!;
  const scenario = (reply: object) => JSON.stringify({ format: 1, steps: [{ do: 'iomap_begin', reply }] });
  const found = strayed(
    step,
    scenario({ read: {} }),
    scenario({ read: {}, write: { type: 'MAPPED', dev: 1 } }),
  );
  expect(found).toEqual([
    ['steps', 0, 'reply', 'write', 'type'],
    ['steps', 0, 'reply', 'write', 'dev'],
  ]);
});

describe('a file', () => {
  const problemsOf = (file: unknown) => readLesson(JSON.stringify(file)).problems;
  const withStep = (more: object) => ({ ...FILE, steps: [{ ...FILE.steps[0], ...more }] });

  test.each([
    ['not JSON', readLesson('{').problems, /./],
    ['an unknown key', problemsOf({ ...FILE, extra: 1 }), /Unknown key "extra"/],
    ['a missing key', problemsOf({ ...FILE, id: undefined }), /The key "?id"? is missing/],
    ['a path that is none', problemsOf(withStep({ edit: ['steps'] })), /Expected a JSON Pointer/],
    ['a start that is none', problemsOf(withStep({ start: 7 })), /Expected a scenario, or "continue"/],
    ['a first step that continues', problemsOf(withStep({ start: 'continue' })), /no step before the first/],
    [
      'a fault in the start',
      problemsOf(withStep({ start: { steps: [{ do: 'x' }] } })),
      /steps\[0\]\.start.*: This is not a scenario: /,
    ],
    ['a fault in an expectation', problemsOf(withStep({ goal: [{ expect: { ret: 'x' } }] })), /found "x"/],
    [
      'a step that is not there',
      problemsOf(withStep({ goal: [{ step: 7, expect: {} }] })),
      /no step with the index 7/,
    ],
  ])('with %s is not read, and says why', (_, problems, words) => {
    expect(problems.join('\n')).toMatch(words);
  });
});

describe('a question to an edited core', () => {
  const asking = (question: object, more: object = {}) => ({
    ...FILE,
    steps: [{ ...FILE.steps[0], nothingRefused: false, goal: [{ expect: { ret: 0 } }, question], ...more }],
  });
  const DEV = { core: 'edited', step: 0, expect: { check: 'dev-unsupported' } };
  const ANSWER = { type: 'MAPPED', addr: '1M', dev: 1, length: 4096 };
  const MAPPED = {
    start: { steps: [{ do: 'backing_open' }, { do: 'iomap_begin', reply: { read: ANSWER } }] },
    goal: [
      { step: 1, expect: { ret: 0 } },
      { ...DEV, step: 1 },
    ],
    hints: [],
  };
  // To the shipped core of v6-04 that of v6-03 is one whose source differs.
  const other = core('v6-03');

  test('is asked of the core that is given, and the others of the shipped one', () => {
    const lesson = lessonOf(asking(DEV, MAPPED));
    const start = startOf(lesson, 0);
    const step = lesson.steps[0]!;
    expect(judge(step, start, start, core)?.met).toBe(false);
    expect(judge(step, start, start, core, core('v6-04'))?.met).toBe(false);
    expect(judge(step, start, start, core, other)?.met).toBe(true);
  });

  test('does not hold of a core that the engine can’t handle', () => {
    const lesson = lessonOf(asking(DEV, MAPPED));
    const start = startOf(lesson, 0);
    const empty = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    expect(judge(lesson.steps[0]!, start, start, core, empty)?.met).toBe(false);
  });

  test('names no revision, and no exercise has one', () => {
    const { problems } = readLesson(JSON.stringify(asking({ ...DEV, rev: 'late' })));
    expect(problems).toEqual([expect.stringContaining('such a question names none')]);
    const [step] = asking(DEV).steps;
    const exercise = { exercise: 1, id: 'x', difficulty: 1, revision: 'v6-04', ...step };
    expect(readExercise(JSON.stringify(exercise)).problems).toEqual([expect.stringContaining('core')]);
  });
});
