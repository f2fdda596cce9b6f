// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ordinal, placeText, plainPath } from '#engine/kernel/ordinal.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { readCard } from '#engine/text/card.ts';
import { mismatchText } from '#engine/text/step.ts';

/** Every number of a step, reply or run that people read comes from ordinal(), and every index says that it is one. */
const ROOT = join(import.meta.dirname, '../..');

const sources = ['engine', 'cli', 'web/src'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name) && !/\.(test|spec)\.ts$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
);

/** What is no sentence: a row of a card, a card's own number in a message that says how a card counts, a key. */
const OWN: Record<string, string[]> = {
  'engine/text/card-rows.ts': ['step ${number}'],
  'engine/text/card-build.ts': ['step ${number}'],
  'engine/view/loop.ts': ['call ${index}'],
  'web/src/tools/share/TextForMail.svelte': ['step {app.selection.step}'],
};

/** How a number gets into words without ordinal(): after the word of a list, as a sum, as an index. */
const TELLING = [
  /\b(?:steps?|reply|entry|call|run|execution|fault|bytes|finding) \$?\{(?!ordinal\()[^{}]*\b(?:step|repeat|execution|index|number|[ijn])\}/gi,
  /\{[^{}]*\b(?:i|index|step|repeat|execution|last|target|into) \+ 1\}/g,
  /\bsteps\[\$\{/g,
];

/** Values that an attribute takes: no words. */
const ATTRIBUTE = /\b(?:posinset|position|rowindex|colindex)=$/;

function tellings(text: string): string[] {
  return TELLING.flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .filter(({ index }) => !ATTRIBUTE.test(text.slice(0, index)))
      .map(([found]) => found),
  );
}

describe('a number that people read', () => {
  test('comes from one function', () => {
    const stray = sources.flatMap((file) =>
      tellings(readFileSync(join(ROOT, file), 'utf8'))
        .filter((found) => !OWN[file]?.includes(found))
        .map((found) => `${file}: ${found}`),
    );
    expect(stray).toEqual([]);
  });

  test.each(['`Step ${step}`', '`step ${one.step}`', 'Step {index}', '<b>{step + 1}</b>', '`steps[${of}]`'])(
    'is missed without it: %s',
    (text) => expect(tellings(text)).not.toEqual([]),
  );

  test.each(['`step ${ordinal(step)}`', 'Step {ordinal(index)}', 'aria-posinset={index + 1}'])(
    'is none that the rule is about: %s',
    (text) => expect(tellings(text)).toEqual([]),
  );

  test('begins at 1', () => expect([0, 1, 2].map(ordinal)).toEqual([1, 2, 3]));
});

describe('an index of the format', () => {
  test('says that it counts from 0, and which step it is', () => {
    expect(placeText(['steps', 2, 'replies', 0])).toBe('steps[2].replies[0] (step 3; indexes count from 0)');
    expect(placeText(['bios', 0, 'device'])).toBe('bios[0].device (indexes count from 0)');
  });

  test('is not a name of digits', () => {
    expect(placeText(['table', 'entries', '3'])).toBe('table.entries.3');
    expect(plainPath(['steps', 2, 'do'])).toBe('steps[2].do');
  });

  test.each([2, 0])('in the end of a begin: of = %d', (of) => {
    const steps = [{ do: 'unmount' }, { do: 'iomap_end', of }, { do: 'iomap_begin' }];
    const { problems } = parseDocument(JSON.stringify({ format: 1, steps }));
    const said = problems.filter(({ path }) => path.at(-1) === 'of').map(({ message }) => message);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(of === 0 ? /steps\[0\] \(step 1; indexes count from 0\)/ : /index \(from 0\)/);
  });

  test('in an expectation that did not hold', () => {
    const mismatch = { execution: 0, step: 0, expected: 'vda', actual: 'vdb' };
    expect(mismatchText({ ...mismatch, path: ['bios', 1, 'device'] })).toBe(
      'bios[1].device (indexes count from 0): expected vda, got vdb',
    );
  });

  test.each([
    ['step 0: unmount\n\nanswer 4:', 'step 4'],
    ['step 3: unmount\nstep 2: unmount\n\nanswer 2:', 'step 2'],
    ['step 4: umount how sideways\n\nanswer 4:', 'step 4 (a card numbers its steps from 0), how: '],
    ['step 1: iomap_end of 0\n\nanswer 1:', 'step 0'],
  ])('in a card that is at fault: %j', (rows, told) => {
    const result = readCard(`iomap-playground card 1\n\n${rows}\n`);
    expect(result).toMatchObject({ ok: false });
    expect(JSON.stringify(result)).toContain('(a card numbers its steps from 0)');
    expect(JSON.stringify(result)).toContain(told);
  });
});
