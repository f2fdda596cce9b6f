// SPDX-License-Identifier: MIT
/** The forms against the format: each field has its place there, and an alternative is none of what holds anyhow. */
import { expect, test } from 'vitest';
import { defaultAt, hasPlace } from '#engine/scenario/defaults.ts';
import type { JsonValue } from '#engine/scenario/path.ts';
import { FIELDS } from '../../fields/mapping-fields.ts';
import { fallbackOf } from '../../fields/values.ts';
import { IO_FORMS } from './io/io-fields.ts';
import { ACCESS, BOOLEAN_OFF, CAPABILITIES, CONFIGS } from './scenario/machine-fields.ts';
import { IOMAP_OVERRIDES, STEP_FIELDS } from './step-fields.ts';

const documentOf = (kind: string): JsonValue => ({ format: 1n, steps: [{ do: kind }] });

const STEPS = [
  ...Object.entries(STEP_FIELDS),
  ...Object.entries(IO_FORMS).map(([kind, { fields }]) => [kind, fields] as const),
  ['iomap_end', IOMAP_OVERRIDES.map((one) => ({ ...one, path: ['iomap', ...one.path] }))] as const,
].flatMap(([kind, fields]) => fields.map((one) => ({ kind, one, name: `${kind} ${one.path.join('.')}` })));

test.each(STEPS)('$name is a key of the format, and says what holds while it is empty', ({ kind, one }) => {
  const path = ['steps', 0, ...one.path];
  expect(hasPlace(documentOf(kind), path)).toBe(true);
  // The command of a raw ioctl is the one thing that must be there.
  const told = one.fallback ?? fallbackOf(documentOf(kind), path, one.kind ?? 'number');
  expect(told === '').toBe(kind === 'ioctl' && one.label === 'cmd');
});

test('words stand only where the format has no default, or where they say more than it', () => {
  const said = STEPS.filter(
    ({ kind, one }) =>
      one.fallback !== undefined && defaultAt(documentOf(kind), ['steps', 0, ...one.path]) !== undefined,
  );
  expect(said.map(({ name }) => name)).toEqual(['iomap_begin op', 'fiemap length']);
});

test('a mapping says of each field what holds', () => {
  const told = (which: string) =>
    FIELDS.map((field) =>
      fallbackOf(
        documentOf('iomap_begin'),
        ['steps', 0, 'reply', which, field],
        field === 'flags' ? 'flags' : 'number',
      ),
    );
  expect(told('read')).toEqual(['0', '0', '0', 'HOLE', 'none', 'DEV_NULL']);
  expect(told('write')).toEqual(told('read'));
});

const SWITCHES = [
  ...Object.entries(IO_FORMS).flatMap(([kind, { switches }]) =>
    switches.map(({ key, options }) => ({ kind, path: ['steps', 0, key], options })),
  ),
  ...['iomap', 'passthrough'].map((key) => ({
    kind: 'unmount',
    path: ['connection', key],
    options: BOOLEAN_OFF('there'),
  })),
  ...CONFIGS.map((key) => ({
    kind: 'unmount',
    path: ['kernel', 'config', key],
    options: BOOLEAN_OFF('there'),
  })),
  { kind: 'unmount', path: ['connection', 'capabilities'], options: CAPABILITIES },
  { kind: 'unmount', path: ['fds', '3', 'access'], options: ACCESS },
];

test.each(SWITCHES)('$kind $path offers each value once', ({ kind, path, options }) => {
  expect(hasPlace(documentOf(kind), path)).toBe(true);
  // undefined where the format says nothing: then no value is one that holds anyhow.
  const fallback = defaultAt(documentOf(kind), path);
  expect(options.filter(({ value }) => value === undefined)).toHaveLength(1);
  for (const { value } of options) if (value !== undefined) expect(value).not.toEqual(fallback);
});
