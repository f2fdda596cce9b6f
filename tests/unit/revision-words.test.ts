// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { explain } from '#engine/checks/words.ts';
import { run } from '#engine/run/runner.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { retarget } from '#engine/scenario/revision.ts';
import { REVISIONS, type Revision } from '#engine/kernel/features.ts';
import { wordsOf } from '#engine/checks/check-words.ts';
import { loadCore } from '../core-module.ts';

/** What the verdict of the last step says, as the cores answer it (facts of the series: iomap devices came with 04/31). */
function said(revision: Revision, steps: JsonValue[], rest: Record<string, JsonValue> = {}) {
  const { scenario } = parseDocument(JSON.stringify({ format: 1, ...rest, steps }));
  const own = retarget(scenario!, revision);
  const execution = run(loadCore('trace', revision), own).executions.at(-1)!;
  const { decided } = execution;
  const predicate = decided && wordsOf(decided.check, execution).predicate(decided.operands, decided.which);
  return { ...explain(execution, own), predicate };
}

const OPEN = { do: 'backing_open' };

describe.each(REVISIONS)('%s', (revision) => {
  const early = revision === 'v6-03';

  test('blames a build option only where there is one to blame', () => {
    const { sentence, headline } = said(revision, [OPEN]);
    if (early) expect(sentence).toMatch(/none yet: patch 04\/31 brings it/);
    else expect(headline).toBe('Opened as id 1');
    const unbuilt = said(revision, [OPEN], { kernel: { config: { FUSE_IOMAP: false } } });
    expect(unbuilt.sentence).toMatch(early ? /none yet/ : /built without FUSE_IOMAP/);
    expect(unbuilt.predicate).toBe('type IOMAP not in {PASSTHROUGH}');
  });

  test('knows how many kinds of backing there are', () => {
    const { sentence, predicate } = said(revision, [{ ...OPEN, type: 7 }]);
    expect(sentence).toContain(early ? 'There is one: PASSTHROUGH (0).' : 'There are two');
    expect(predicate).toBe(early ? 'type 7 not in {PASSTHROUGH}' : 'type 7 not in {PASSTHROUGH, IOMAP}');
  });

  test('speaks of iomap devices, and of looking them up, only where there are any', () => {
    expect(said(revision, [{ do: 'unmount' }]).sentence.includes('iomap devices')).toBe(!early);
    const file = { fds: { '3': { kind: 'reg' } } };
    const { sentence } = said(revision, [{ ...OPEN, type: 'PASSTHROUGH' }], file);
    expect(sentence.includes("as a mapping's dev it is not found")).toBe(!early);
  });

  test('names the types that it knows, where it names them', () => {
    const { sentence, predicate } = said(revision, [{ do: 'iomap_begin', reply: { read: { type: 9 } } }]);
    expect(sentence.includes('RETRY_CACHE (254)')).toBe(revision === 'late');
    expect(predicate).toBe('read.type 9 is not a known type');
  });
});
