// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseDocument } from '#engine/scenario/parse.ts';
import { shared } from './common/shared-schema.ts';
import { mappingArgument } from './common/mapping-argument.ts';

const CLI = join(resolve(import.meta.dirname, '..'), 'build/node/cli.js');

function cli(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return { status, stdout, stderr };
}

test('begin asks about one answer', () => {
  const good = cli('begin', '--pos', '4096', '--read', 'mapped,offset=4096,length=8192,addr=1M,dev=1');
  expect([good.status, good.stderr]).toEqual([0, '']);
  expect(good.stdout).toMatch(/iomap +MAPPED {2}offset 4096 {2}length 8192 {2}addr 0x100000 {2}bdev vda/);
  const bad = cli('begin', '--pos', '4096', '--read', 'mapped,offset=8192,length=8192,addr=1M,dev=1');
  expect(bad.status).toBe(1);
  expect(bad.stdout).toContain('read-after-pos');
  expect(bad.stdout).toMatch(/nearest accepted: /);
  expect(cli('begin', '--error', 'ENOSPC').stdout).toContain('returned -ENOSPC');
  expect(cli('begin', '--error', '-ENOSPC').stdout).toContain('returned -ENOSPC');
  expect(JSON.parse(cli('begin', '--jsonl', '--read', 'hole').stdout.split('\n')[0]!)).toMatchObject({
    check: 'length-zero',
  });
});

test('begin counts in blocks of the file and in sectors, as xfs_io does', () => {
  const { stdout, stderr } = cli(
    ...['begin', '--print', '--block-size', '1K', '--pos', '2b', '--op', 'write', '--size', '9b'],
    ...['--read', 'Mapped,offset=2b,length=1b,addr=16s,dev=2,flags=new|shared', '--write', 'hole,addr=null'],
  );
  expect(stderr).toContain('2 devices were opened, as ids 1 to 2');
  const { scenario } = parseDocument(stdout);
  expect(scenario).toMatchObject({
    devices: { vda: {}, vdb: {} },
    inodes: { a: { blockSize: 1024, size: 9216n } },
    steps: [
      { fd: 3 },
      { fd: 4 },
      {
        ...{ op: 1, pos: 2048n, count: 1024n },
        reply: {
          read: { type: 2, offset: 2048n, length: 1024n, addr: 8192n, dev: 2, flags: 5 },
          write: { type: 0, addr: 0xffff_ffff_ffff_ffffn },
        },
      },
    ],
  });
});

test.each([
  [['--read', 'mapped,ofset=1'], 'a mapping has no "ofset"'],
  [['--read', 'mapped,dev=1,dev=2'], '"dev" is there twice'],
  [['--op', 'FOO'], 'begin: --op: Expected'],
  [['--read', 'mapped,flags=OLD'], 'begin: --read: flags: Expected'],
  [['--read', 'mappd'], 'begin: --read: type: Expected'],
  [['--pos', 'x'], 'begin: --pos: Expected an integer'],
  [['--size', '-1'], '--size'],
  [['--block-size', '1000'], 'expected a power of two'],
  [['--devices', '9'], 'expected a number from 0 to 8'],
  [['--error', 'EIO', '--read', 'hole'], '--error stands alone'],
  [['--read', ''], 'begin: --read: the mapping is empty'],
  [['--write', ' , '], 'begin: --write: the mapping is empty'],
  [['--pos', '-1'], 'begin: --pos: Expected an integer from 0'],
  [['hole'], "'hole' is not an option"],
  [['--rev', 'v6'], "no revision 'v6'"],
])('begin %o is refused with words and status 2', (args, words) => {
  const { status, stdout, stderr } = cli('begin', ...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(words);
});

test('a mapping is split as it is written', () => {
  expect(mappingArgument('--read', ' unwritten , length = 3b,flags=0x4+new', 512n)).toEqual({
    type: 'UNWRITTEN',
    length: '1536',
    flags: ['0x4', 'NEW'],
  });
  expect(mappingArgument('--read', '7', 512n)).toEqual({ type: '7' });
});

test('what stands in a schema more than once is written once', () => {
  const long = { type: 'object', description: 'x'.repeat(300), properties: { a: { type: 'integer' } } };
  const whole = { anyOf: [long, { items: long }, { type: 'string' }], enum: [long] };
  const made = shared(whole);
  expect(made).toEqual({
    anyOf: [
      { $ref: '#/definitions/shape1' },
      { items: { $ref: '#/definitions/shape1' } },
      { type: 'string' },
    ],
    enum: [long],
    definitions: { shape1: long },
  });
});

test('schema prints a JSON Schema that a document may name', () => {
  const { status, stdout } = cli('schema');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: { $schema: { type: 'string' }, steps: {} },
    required: ['format', 'steps'],
  });
  expect(stdout.length).toBeLessThan(200_000);
});
