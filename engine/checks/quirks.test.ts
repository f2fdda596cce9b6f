// SPDX-License-Identifier: MIT
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REVISIONS, type Revision } from '../kernel/features.ts';
import { run } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import { retarget } from '../scenario/revision.ts';
import { loadCore } from '../../tests/core-module.ts';
import { IO_QUIRKS } from './quirks-io.ts';
import { MAY_QUIRKS } from './quirks-may.ts';
import { callQuirks, quirksMet } from './quirks-met.ts';
import { QUIRKS } from './quirks.ts';

/** A read that ends, whose mapping has one flag. */
function endOfRead(flag: 'ANON_WRITE' | 'WANT_IOMAP_END', revision: string) {
  const mapped = revision === 'v6-03' ? {} : { type: 'MAPPED', dev: 1 };
  const hole = revision === 'v6-03' ? { type: 'HOLE', addr: 'NULL_ADDR' } : {};
  const parsed = parseDocument(
    JSON.stringify({
      format: 1,
      kernel: { revision },
      steps: [
        { do: 'backing_open' },
        { do: 'iomap_begin', reply: { read: { length: 4096, ...mapped, ...hole, flags: [flag] } } },
        { do: 'iomap_end' },
      ],
    }),
  );
  return run(loadCore('trace', parsed.scenario!.kernel.revision), parsed.scenario!).executions[2];
}

const { revisions } = QUIRKS['want-iomap-end-bit'];
describe.each(REVISIONS.filter((revision) => revisions[revision]))(
  'want-iomap-end-bit, in %s',
  (revision) => {
    it('hears ANON_WRITE as WANT_IOMAP_END', () => {
      expect(endOfRead('ANON_WRITE', revision)).toMatchObject({
        outcome: 'ok',
        request: { name: 'FUSE_IOMAP_END' },
      });
    });

    it('does not hear WANT_IOMAP_END', () => {
      expect(endOfRead('WANT_IOMAP_END', revision)).toMatchObject({ outcome: 'ok', request: null });
    });
  },
);

it.each(Object.values(QUIRKS))('$title: names examples that are there', ({ examples }) => {
  for (const name of examples) expect(existsSync(`examples/${name}.json`), name).toBe(true);
});

it.each(Object.entries(IO_QUIRKS).filter(([id]) => id !== 'blocks-past-eof'))(
  '%s: its example meets it, and a step says so',
  (id, { examples }) => {
    const { scenario } = parseDocument(readFileSync(`examples/${examples[0]}.json`, 'utf8'));
    const { executions } = run(loadCore('trace', scenario!.kernel.revision), scenario!);
    expect(executions.flatMap(quirksMet)).toContain(id);
  },
);

it('meets no mistake in I/O that makes none', () => {
  const { scenario } = parseDocument(readFileSync('examples/io-unwritten-writeback.json', 'utf8'));
  expect(run(loadCore(), scenario!).executions.flatMap(quirksMet)).toEqual([]);
});

describe.each(Object.entries(MAY_QUIRKS))('%s', (id, { revisions, examples }) => {
  const { scenario } = parseDocument(readFileSync(`examples/${examples[0]}.json`, 'utf8'));
  const metOn = (revision: Revision) => {
    const asked = retarget(scenario!, revision);
    return run(loadCore('trace', revision), asked).executions.flatMap((one) => callQuirks(one, asked));
  };

  it.each(REVISIONS)('its example meets it, or not, on %s', (revision) => {
    const met = metOn(revision);
    if (revisions[revision]) expect(met).toContain(id);
    else expect(met).not.toContain(id);
  });
});

it.each(['begin-read', 'end-short-write', 'backing-open-order'])('%s meets none on any revision', (name) => {
  const { scenario } = parseDocument(readFileSync(`examples/${name}.json`, 'utf8'));
  for (const revision of REVISIONS) {
    const asked = retarget(scenario!, revision);
    const { executions } = run(loadCore('trace', revision), asked);
    expect(
      executions.flatMap((one) => callQuirks(one, asked)),
      revision,
    ).toEqual([]);
  }
});
