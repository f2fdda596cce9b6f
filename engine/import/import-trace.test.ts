// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { run } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import type { Scenario } from '../scenario/schema.ts';
import { importTrace } from './import-trace.ts';

const HEAD = '            fio-1234    [002] .....  5678.123456: ';
const OTHER = '       dd-77 (     77) [000] d..3.  5678.123457: ';
const INODE = 'connection 1 ino 12 nodeid 7 isize 0x10000';
const BEGIN = `fuse_iomap_begin: ${INODE} opflags (write|direct) pos 0x1000 length 0x200`;
const READ = `fuse_iomap_read_map: ${INODE} offset 0x1000 length 0x2000 type mapped dev 2 addr 0x100000 mapflags (new|shared)`;
const WRITE = `fuse_iomap_write_map: ${INODE} offset 0x1000 length 0x2000 type overwrite dev 0 addr 0xffffffffffffffff mapflags ()`;

function imported(text: string): { scenario: Scenario; unknown: string[] } {
  const result = importTrace(text);
  if (!result.ok) throw new Error(`line ${result.line}: ${result.message}`);
  const { scenario, problems } = parseDocument(result.text);
  expect(problems).toEqual([]);
  return { scenario: scenario!, unknown: result.unknown };
}
const begins = (scenario: Scenario) => scenario.steps.filter((step) => step.do === 'iomap_begin');

describe('a log of trace_pipe', () => {
  const log = `# tracer: nop\n${HEAD}${BEGIN}\n${HEAD}sched_switch: prev_comm=fio\n${HEAD}${READ}\n${HEAD}${WRITE}\n`;

  it('becomes a step with the request and both mappings', () => {
    const { scenario } = imported(log);
    expect(begins(scenario)).toMatchObject([
      {
        op: 0x11,
        pos: 0x1000n,
        count: 0x200n,
        reply: {
          read: { offset: 0x1000n, length: 0x2000n, type: 2, flags: 5, dev: 2, addr: 0x100000n },
          write: { type: 255, dev: 0, addr: 0xffff_ffff_ffff_ffffn, flags: 0 },
        },
      },
    ]);
    expect(Object.values(scenario.inodes)).toMatchObject([{ ino: 12n, nodeid: 7n, size: 0x10000n }]);
  });

  it('opens the ids that mappings name, and says that it guessed them', () => {
    const { scenario, unknown } = imported(log);
    expect(scenario.steps[0]).toMatchObject({ do: 'backing_open', times: 2 });
    expect(unknown.join('\n')).toMatch(/ids 1, 2 were opened/);
    const last = run(loadCore(), scenario).executions.at(-1);
    expect(last?.outcome).toBe('ok');
  });

  it('keeps tasks apart', () => {
    const begin2 = BEGIN.replace('0x200', '0x400').replace('(write|direct)', '()');
    const read2 = READ.replace('type mapped dev 2 addr 0x100000', 'type hole dev 0 addr 0xffffffffffffffff');
    const lines = [HEAD + BEGIN, OTHER + begin2, OTHER + read2, HEAD + READ, OTHER + WRITE, HEAD + WRITE];
    const [first, second] = begins(imported(lines.join('\n')).scenario);
    expect(first).toMatchObject({ count: 0x200n, reply: { read: { type: 2 } } });
    expect(second).toMatchObject({ count: 0x400n, op: 0, reply: { read: { type: 0 } } });
  });

  it('is read out of quotes, wrapped lines and CRLF', () => {
    const wrapped = log
      .replaceAll(' opflags', '\n> opflags')
      .replaceAll(' dev ', '\n> dev ')
      .replaceAll('\n', '\r\n> ');
    expect(begins(imported(wrapped).scenario)).toEqual(begins(imported(log).scenario));
  });

  it('tells errors and refusals', () => {
    const error = BEGIN.replace('begin:', 'begin_error:') + ' err -28';
    const bad = 'fuse_iomap_bad_data: connection 1 func fuse_iomap_find_dev line 412 condition !fb';
    const { scenario } = imported(
      [BEGIN, error].map((line) => HEAD + line).join('\n') + `\n${log}${HEAD}${bad}\n`,
    );
    expect(begins(scenario)).toMatchObject([
      { reply: { error: -28 }, expect: { ret: -28n } },
      { expect: { ret: -117n } },
    ]);
    expect(scenario.steps[0]!.do).toBe('iomap_begin');
  });

  it('takes a smaller block size where an accepted reply needs it', () => {
    const { scenario } = imported(
      log.replace('offset 0x1000 length 0x2000 type mapped', 'offset 0xc00 length 0x2400 type mapped'),
    );
    expect(scenario.inodes['i1']?.blockSize).toBe(1024);
  });

  it('says what was left out', () => {
    const { unknown } = imported(`${HEAD}${READ}\n${log}${HEAD}${BEGIN.replace('0x1000', '0x2000')}\n`);
    expect(unknown.join('\n')).toMatch(/1 begin was left out/);
    expect(unknown.join('\n')).toMatch(/1 line was left out/);
  });
});

it('opens backing files in the order of their ids', () => {
  const opens = [
    'fuse_backing_open: connection 1 idx 2 type iomap ino 0x5 rdev 8:16',
    'fuse_backing_open: connection 1 idx 3 type pass ino 0x6 rdev 0:0',
    'fuse_backing_open: connection 1 idx 4 type iomap ino 0x5 rdev 8:16',
  ];
  const { scenario } = imported([...opens, BEGIN, READ, WRITE].join('\n'));
  const { executions } = run(loadCore(), scenario);
  const entries = executions.flatMap(({ changes }) =>
    changes.flatMap((change) => (change.kind === 'opened' ? [change.entry] : [])),
  );
  expect(entries.map(({ id, type, device }) => [id, type, device])).toEqual([
    [1, 'IOMAP', 'vda'],
    [2, 'IOMAP', 'dev8_16'],
    [3, 'PASSTHROUGH', null],
    [4, 'IOMAP', 'dev8_16'],
  ]);
});

describe('errors', () => {
  it('names what was expected', () => {
    expect(importTrace('hello')).toMatchObject({
      ok: false,
      message: expect.stringMatching(/fuse_iomap_begin: connection/),
    });
    expect(importTrace(`\n${HEAD}${BEGIN}\n`)).toMatchObject({
      ok: false,
      line: 2,
      message: expect.stringMatching(/read_map/),
    });
  });
  it('says that a mapping cannot be read, and not that there is none', () => {
    const odd = READ.replace('type mapped', 'type sparse');
    expect(importTrace([BEGIN, odd, WRITE].join('\n'))).toMatchObject({
      ok: false,
      line: 2,
      message: expect.stringMatching(
        /Line 2: a field is missing, or its value is not known\. No revision here prints "sparse"/,
      ),
    });
  });
  it('names the line that has a field missing', () => {
    const result = importTrace(`${BEGIN.replace('pos 0x1000', 'pos 0xzz')}\n`);
    expect(result).toMatchObject({ ok: false, line: 1 });
  });
});

it('does not read all that stands before each event of one endless line', () => {
  const result = importTrace('fuse_iomap_begin: '.repeat(200_000));
  expect(result).toMatchObject({ ok: false });
});

it('says so where nothing tells two tasks apart', () => {
  const later = BEGIN.replace('pos 0x1000', 'pos 0x5000');
  const told = (events: string[]) => imported(events.join('\n')).unknown.join();
  expect(told([BEGIN, later, READ, READ, WRITE, WRITE])).toContain('Which task a line is of');
  expect(told([BEGIN, READ, WRITE, later, READ, WRITE])).not.toContain('Which task');
});

describe('two tasks whose lines are mixed are told apart', () => {
  const clock = '5678.123456: ';
  it.each([
    ['trace_pipe', (pid: number) => `            fio-${pid}    [002] .....  ${clock}`],
    ['without irq-info', (pid: number) => `            fio-${pid}    [002]  ${clock}`],
    ['record-tgid', (pid: number) => `            fio-${pid}    (-------) [002] d..2.  ${clock}`],
    ['a clock of whole numbers', (pid: number) => `            fio-${pid}    [002] .....  5678123456: `],
    ['latency format', (pid: number) => `     fio-${pid}      2d..2.  123us+: `],
    ['latency format, <...>', (pid: number) => `   <...>-${pid}     12dNs3.    3us!: `],
    [
      'latency format, verbose',
      (pid: number) => `     fio-${pid}      2.....  [${clock.slice(0, -2)}] 123.456ms (+0.001ms): `,
    ],
    ['trace-cmd report -l', (pid: number) => `     fio-${pid}  2.....  ${clock}`],
    ['perf script', (pid: number) => `fio  ${pid} [002]  ${clock}           fuse:`],
    ['perf script, pid/tid', (pid: number) => `fio  77/${pid} [002]  ${clock}           fuse:`],
    ['perf script without the cpu', (pid: number) => `fio  ${pid}  ${clock}  fuse:`],
    ['a name with blanks and numbers', (pid: number) => `  my prog 7-${pid}    [002] .....  ${clock}`],
    [
      'a name with a dash and a number',
      (pid: number) => ` kworker/u8:2-flush-8:0-${pid} [002] .....  ${clock}`,
    ],
  ])('%s', (_, head) => {
    const log = [BEGIN, READ, WRITE].flatMap((event) => [
      head(1234) + event,
      head(99) + event.replace('pos 0x1000', 'pos 0x5000').replace('dev 2', 'dev 3'),
    ]);
    expect(begins(imported(log.join('\n')).scenario)).toMatchObject([
      { pos: 0x1000n, reply: { read: { dev: 2 } } },
      { pos: 0x5000n, reply: { read: { dev: 3 } } },
    ]);
  });
});
