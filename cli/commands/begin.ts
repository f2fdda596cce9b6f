// SPDX-License-Identifier: MIT
import { REVISIONS } from '#engine/kernel/features.ts';
import { clean } from '#engine/kernel/clean.ts';
import { foreseeAll } from '#engine/run/foresee-calls.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import '#engine/scenario/advice.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { printScenario } from '#engine/scenario/print.ts';
import { UsageError, revisionNamed } from '../common/args.ts';
import { command } from '../common/command.ts';
import { bytesOf, mappingArgument, words, type Fields } from '../common/mapping-argument.ts';
import { jsonlReport, textReport } from '../common/reports.ts';
import { ranOf } from '../common/running.ts';

const BLOCK_SIZES = 'a power of two from 512 to 65,536';
const MOST_DEVICES = 8;

const MANUAL = {
  name: 'begin',
  argument: '',
  summary: 'ask what the kernel makes of one answer',
  about: [
    'One FUSE_IOMAP_BEGIN and the answer to it, without a file. A mapping is written ' +
      'mapped,offset=4096,length=8192,addr=1M,dev=1: its type, then its other fields, of which those left out are 0; ' +
      'flags are joined by |. Numbers may have the suffixes of xfs_io: b (blocks of the file), s (sectors of 512 ' +
      'bytes), K, M, G, T, P, E.',
  ],
  options: {
    pos: { type: 'string', value: 'N', about: 'where the file is asked about, in bytes; 0 if left out' },
    count: { type: 'string', value: 'N', about: 'how many bytes; a block if left out' },
    op: { type: 'string', value: 'FLAGS', about: 'the op flags: WRITE, or WRITE,DIRECT; none if left out' },
    read: { type: 'string', value: 'MAPPING', about: 'the read mapping; zeroed if left out' },
    write: {
      type: 'string',
      value: 'MAPPING',
      about: 'the write mapping; a pure overwrite of the read mapping if left out',
    },
    error: { type: 'string', value: 'ERRNO', about: 'in place of mappings an error, such as ENOSPC' },
    size: { type: 'string', value: 'N', about: 'size of the file in bytes; 64K if left out' },
    'block-size': { type: 'string', value: 'N', about: 'bytes in a block of the file; 4096 if left out' },
    devices: {
      type: 'string',
      value: 'N',
      about: `how many devices are open, as ids 1 to N. If left out, as many as the largest dev says, 1 to ${MOST_DEVICES}`,
    },
    rev: { type: 'string', value: 'NAME', about: `the revision that answers: ${REVISIONS.join(', ')}` },
    print: { type: 'boolean', about: 'prints the scenario and does not run it' },
    jsonl: { type: 'boolean', about: 'the verdict as a line of JSON, as run --jsonl has it' },
    verbose: { type: 'boolean', short: 'v', about: 'a line for each check, with its operands' },
    ascii: { type: 'boolean', about: 'nothing but ASCII in the text' },
  },
  notes: ['Exit status: 0 the answer is accepted, 1 it is not, 2 an option cannot be used.'],
} as const;

export const begin = command(MANUAL, async ({ values, positionals }, terminal) => {
  if (positionals.length > 0)
    throw new UsageError(`begin: '${positionals[0]}' is not an option`, 'See begin --help.');
  if (values.error !== undefined && (values.read ?? values.write) !== undefined)
    throw new UsageError('begin: --error stands alone: an error has no mappings', 'Choose one.');
  const block = blockSize(values['block-size']);
  const mapping = (option: 'read' | 'write') => {
    const text = values[option];
    return text === undefined ? undefined : mappingArgument(`--${option}`, text, block);
  };
  const [read, write] = [mapping('read'), mapping('write')];
  const bytes = (text: string | undefined) => (text === undefined ? undefined : bytesOf(text, block));
  const reply =
    values.error === undefined
      ? { read: read ?? {}, ...(write === undefined ? {} : { write }) }
      : { error: /^[A-Z]/.test(values.error) ? `-${values.error}` : values.error };
  const step = {
    do: 'iomap_begin',
    op: words(values.op ?? ''),
    pos: bytes(values.pos) ?? 0n,
    count: bytes(values.count) ?? block,
    reply,
  };
  const [devices, assumed] = deviceCount(values.devices, [read, write]);
  const document = {
    format: 1n,
    ...(values.rev === undefined ? {} : { kernel: { revision: revisionNamed('begin', values.rev) } }),
    devices: Object.fromEntries(Array.from({ length: devices }, (_, i) => [`vd${'abcdefgh'[i]}`, {}])),
    inodes: { a: { blockSize: block, ...(values.size === undefined ? {} : { size: bytes(values.size)! }) } },
    steps: [...Array.from({ length: devices }, (_, i) => ({ do: 'backing_open', fd: BigInt(3 + i) })), step],
  } as unknown as JsonValue;

  const text = printScenario(document);
  const { scenario, problems } = parseDocument(text);
  if (scenario === null) {
    for (const { path, message } of problems) terminal.err(`begin: --${optionOf(path)}: ${clean(message)}\n`);
    return 2;
  }
  if (assumed !== null) terminal.err(`begin: ${assumed}\n`);
  if (values.print) {
    terminal.out(text);
    return 0;
  }
  const only = devices;
  const settings = { revision: null, only, strict: true, follow: foreseeAll };
  const result = await ranOf({ name: '(begin)', text, scenario, placeOf: () => null }, settings);
  const options = {
    ...{ width: terminal.width, ascii: values.ascii ?? false, verbose: values.verbose ?? false },
    ...{ unfold: false, quiet: false },
  };
  const report = values.jsonl ? jsonlReport(terminal) : textReport(terminal, options);
  report.file(result, () => null);
  report.end();
  return result.failures.length > 0 ? 1 : 0;
});

function blockSize(text = '4096'): bigint {
  const value = /^\d{3,5}$|^\d{1,2}K$/i.test(text) ? BigInt(text.replace(/K$/i, '')) : 0n;
  const bytes = /K$/i.test(text) ? value << 10n : value;
  if (bytes >= 512n && bytes <= 65_536n && (bytes & (bytes - 1n)) === 0n) return bytes;
  throw new UsageError(`begin: --block-size ${text}: expected ${BLOCK_SIZES}`, 'See begin --help.');
}

/** How many devices are open, and what was assumed of that, in words. */
function deviceCount(
  text: string | undefined,
  mappings: readonly (Fields | undefined)[],
): [number, string | null] {
  if (text !== undefined) {
    if (/^[0-8]$/.test(text)) return [Number(text), null];
    throw new UsageError(
      `begin: --devices ${text}: expected a number from 0 to ${MOST_DEVICES}`,
      'See begin --help.',
    );
  }
  const ids = mappings.map((fields) => Number(fields?.['dev'] ?? 0));
  const largest = Math.max(1, ...ids.filter((id) => Number.isInteger(id) && id <= MOST_DEVICES));
  return largest === 1
    ? [1, null]
    : [largest, `${largest} devices were opened, as ids 1 to ${largest}: --devices says how many`];
}

/** The option that a place of the document came from. */
function optionOf(path: readonly (string | number)[]): string {
  // Which of several names it is, its words say.
  const [first, , third, ...rest] = path.filter((one, i) => i < 2 || typeof one === 'string');
  if (first === 'steps') return third === 'reply' ? rest.join(': ') || 'read' : [third, ...rest].join(': ');
  return path.at(-1) === 'blockSize' ? 'block-size' : String(path.at(-1) ?? 'read');
}
