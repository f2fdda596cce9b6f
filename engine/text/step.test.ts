// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { BEGIN_SCENARIO, REFUSED, execution, scenarioOf } from '../testing/fixture.ts';
import { stepText } from './step.ts';
import type { TextOptions } from './line.ts';

const scenario = scenarioOf(BEGIN_SCENARIO);
const text = (options: Partial<TextOptions> = {}, of = REFUSED, on = scenario) =>
  stepText(of, on, options).map((line) => line.text);

describe('a refused begin', () => {
  test('shows request, reply, the deciding check and what else would fail, the verdict and what was not met', () => {
    const all = text({ ascii: true }).join('\n');
    expect(all).toMatch(/^step 1 {2}iomap_begin +Refused {2}-EFSCORRUPTED$/m);
    expect(all).toMatch(/request +FUSE_IOMAP_BEGIN {2}unique 2 .*opflags WRITE/);
    expect(all).toMatch(/read +MAPPED {2}offset 4096 {2}length 4096 {2}addr 0x100000 {2}dev 2/);
    expect(all).toMatch(/write +PURE_OVERWRITE .*addr NULL_ADDR/);
    expect(all).toContain('flags NEW|WANT_IOMAP_END');
    expect(all).toContain('(left out: a copy of read)');
    expect(all).toMatch(/read +X dev-not-found: .* <- decided/);
    expect(all).toMatch(/write +! dev-not-found: .* \(would also fail\)/);
    expect(all).toContain('returned -EFSCORRUPTED (-117)');
    expect(all.replace(/\s+/g, ' ')).toContain(
      '(dev-not-found in fuse_iomap_find_dev; checked against compiled kernel C)',
    );
    expect(all).toContain('UNMET     iomap.addr: expected 0x1000, got 0x2000');
  });

  test('gathers the checks that passed by mapping, in the order of their evaluation', () => {
    const lines = text({ ascii: true });
    const passes = lines.filter((line) => / \+ /.test(line));
    expect(passes).toEqual(['    read  + type known, below maxbytes', '    write + type known']);
  });

  test('prints each check on a line with its operands if verbose', () => {
    const lines = text({ verbose: true, ascii: true });
    expect(lines).toContain('    read  + below maxbytes: offset 0, maxbytes 0x7fffffffffffffff');
  });

  test.each([72, 80])('keeps within %i columns', (width) => {
    for (const verbose of [false, true])
      for (const line of text({ width, verbose })) expect(line.length, line).toBeLessThanOrEqual(width);
  });

  test('is printable ASCII if asked, whatever the author wrote', () => {
    const noted = scenarioOf({
      steps: [{ ...BEGIN_SCENARIO.steps[0], note: 'naïve \u001b[31m→\nend' }],
    });
    const all = text({ ascii: true }, REFUSED, noted).join('\n');
    expect(all).toMatch(/^[\x20-\x7e\n]*$/);
    expect(all).toContain('na\\u{ef}ve \\u{1b}[31m');
    expect(text({}, REFUSED, noted).join('\n')).not.toContain('\u001b');
  });
});

describe('an opened device', () => {
  test('shows what was asked and what changed', () => {
    const entry = { id: 1, serial: 1, type: 'IOMAP', refs: 1, device: 'vda', fd: 3 } as const;
    const opened = execution({
      changes: [
        { kind: 'opened', entry },
        { kind: 'cursor', from: 1, to: 2 },
      ],
      events: [{ kind: 'get', after: 3, serial: 1, refs: 1 }],
    });
    const step = { do: 'backing_open', flags: 256, times: 3, caller: { capabilities: [] } };
    const lines = text({ ascii: true }, opened, scenarioOf({ steps: [step] }));
    expect(lines[0]).toMatch(/^step 1 {2}backing_open \(1 of 3\) +Opened as id 1$/);
    expect(lines).toContain('  call      fd 3  type IOMAP  flags 0x100  caller without capabilities');
    expect(lines).toContain('  refs      get #1 -> 1');
    expect(lines).toContain('  changed   id 1 opened: IOMAP vda from fd 3, object #1; cursor 1 -> 2');
  });
});

test('a verdict that no vector covers says so', () => {
  const all = text({}, execution({ trust: 'reading' })).join(' ');
  expect(all.replace(/\s+/g, ' ')).toContain('(by reading the source, not checked against compiled C)');
});

test('an accepted begin shows both structs, and that an untouched one is a zeroed HOLE', () => {
  const iomap = { addr: 0n, offset: 0n, length: 4096n, type: 2, flags: 0x1080, bdev: null };
  const lines = text({ ascii: true }, execution({ do: 'iomap_begin', ret: 0n, iomap }));
  expect(lines.join('\n')).toMatch(
    /iomap +MAPPED {2}offset 0 {2}length 4096 {2}addr 0x0 {2}bdev NULL\s+flags ANON_WRITE\|PRIVATE\n {2}srcmap +untouched/,
  );
});
