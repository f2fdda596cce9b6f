// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHECK_IDS } from '#engine/kernel/checks.ts';
import { scenarioJsonSchema } from '#engine/scenario/json-schema.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { scenarioDocument } from '../property/scenario-arbitrary.ts';
import { satisfies, type JsonSchema } from './json-schema-check.ts';

const schema = scenarioJsonSchema() as JsonSchema;
const steps = schema.properties!['steps']!.items!.anyOf!;
const step = (name: string) => steps.find(({ properties }) => properties!['do']!.const === name)!.properties!;

/** Everything that an editor would offer under a key. */
function offered({ enum: words = [], anyOf = [], items }: JsonSchema): unknown[] {
  return [...words, ...anyOf.flatMap(offered), ...(items ? offered(items) : [])];
}

describe('accepts', () => {
  it.each(['../../examples/', '../data/format-1/'])('each document in %s', (path) => {
    const folder = new URL(path, import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const { value } = parseDocument(readFileSync(new URL(file, folder), 'utf8'));
      expect(satisfies(value, schema), file).toBe(true);
    }
  });

  it('whatever the parser accepts', () => {
    fc.assert(
      fc.property(scenarioDocument(), (document) => {
        expect(satisfies(document, schema)).toBe(true);
      }),
    );
  });
});

it.each([
  ['an unknown key', { format: 1n, steps: [], extra: 1n }],
  ['a missing key', { format: 1n }],
  ['another format', { format: 2n, steps: [] }],
  ['an unknown step', { format: 1n, steps: [{ do: 'nothing' }] }],
  ['a key of another step', { format: 1n, steps: [{ do: 'unmount', reply: 0n }] }],
  ['a wrong type', { format: 1n, steps: [{ do: 'iomap_begin', pos: true }] }],
])('refuses %s', (_, document) => {
  expect(satisfies(document, schema)).toBe(false);
});

describe('offers', () => {
  it('the steps', () => {
    expect(steps.map(({ properties }) => properties!['do']!.const)).toEqual([
      'backing_open',
      'backing_close',
      'ioctl',
      'passthrough_open',
      'passthrough_release',
      'iomap_begin',
      'iomap_end',
      'unmount',
      'umount',
      'close_dev',
      'pread',
      'pwrite',
      'fsync',
      'fzero',
      'funshare',
      'fiemap',
      'seek',
      'bmap',
      'truncate',
      'iomap_ioend',
    ]);
  });

  it('names for values', () => {
    const { op, reply, expect: wanted } = step('iomap_begin');
    const mapping = reply!.anyOf![0]!.properties!['read']!.properties!;
    expect(offered(op!)).toContain('DIRECT');
    expect(offered(mapping['type']!)).toContain('PURE_OVERWRITE');
    expect(offered(mapping['addr']!)).toEqual(['NULL_ADDR']);
    expect(offered(reply!.anyOf![1]!.properties!['error']!)).toContain('-ENOSPC');
    expect(offered(wanted!.properties!['check']!)).toEqual(CHECK_IDS.slice(1));
    expect(offered(wanted!.properties!['ret']!)).toEqual(
      expect.arrayContaining(['waiting', '-EFSCORRUPTED']),
    );
  });

  it('defaults', () => {
    expect(step('iomap_begin')['count']!['default']).toBe(4096);
    expect(schema.properties!['devices']!['default']).toEqual({ vda: {} });
  });

  it('a description of every key', () => {
    const bare: string[] = [];
    const look = ({ properties = {}, anyOf = [], items, additionalProperties }: JsonSchema, path: string) => {
      for (const [name, property] of Object.entries(properties)) {
        if (!property['description']) bare.push(`${path}.${name}`);
        look(property, `${path}.${name}`);
      }
      for (const option of [...anyOf, items, additionalProperties]) if (option) look(option, path);
    };
    look(schema, '');
    expect(bare).toEqual([]);
  });
});

it('is plain JSON', () => {
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
});
