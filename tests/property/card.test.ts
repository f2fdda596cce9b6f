// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Runner, run } from '#engine/run/runner.ts';
import type { Execution, Run } from '#engine/run/types.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { minifyScenario } from '#engine/scenario/print.ts';
import { REVISIONS } from '#engine/kernel/features.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { minify } from '#engine/scenario/write.ts';
import { encodeLink } from '#engine/link/codec.ts';
import { canonicalValue } from '#engine/scenario/print.ts';
import { printCard, readCard } from '#engine/text/card.ts';
import type { CardResult } from '#engine/text/card.ts';
import { sliceScenario } from '#engine/text/card-slice.ts';
import { loadCore } from '../core-module.ts';
import { scenarioDocument } from './scenario-arbitrary.ts';

const cores = new Map<string, WebAssembly.Module>();
function coreOf({ kernel: { revision } }: Scenario): WebAssembly.Module {
  let core = cores.get(revision);
  if (core === undefined) cores.set(revision, (core = loadCore('trace', revision)));
  return core;
}

class Case {
  readonly document: JsonValue;
  readonly scenario: Scenario;
  readonly run: Run;
  readonly step: number;

  constructor(document: JsonValue, scenario: Scenario, at: number) {
    this.document = document;
    this.scenario = scenario;
    this.run = new Runner(coreOf(scenario)).run(scenario);
    this.step = at % Math.max(1, scenario.steps.length);
  }

  /** What a failing test shows of it. */
  [fc.toStringMethod](): string {
    return `step ${this.step} of ${minify(this.document)}`;
  }
}

function caseOf(document: JsonValue, at: number): Case {
  const { scenario, problems } = parseDocument(minify(document));
  if (scenario === null) throw new Error(problems.map(({ message }) => message).join('; '));
  return new Case(document, scenario, at);
}

/** Anything that the format has and the core models, mostly nonsense. */
const anything = fc
  .tuple(scenarioDocument(), fc.nat())
  .map(([document, at]) => {
    const { scenario } = parseDocument(minify(document));
    return scenario === null || scenario.steps.length === 0 ? null : new Case(document, scenario, at);
  })
  .filter((drawn) => drawn !== null);

/** Short lives of a table whose ids are named by mappings, files and closes: steps that lean on each other. */
const id = fc.bigInt({ min: 1n, max: 5n });
const map = fc.record({
  type: fc.constant('MAPPED'),
  offset: fc.constant(0n),
  length: fc.constant(8192n),
  addr: fc.constantFrom(0n, 4096n),
  dev: id,
});
const sane: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('backing_open'), fd: fc.constantFrom(3n, 4n, 9n) }) },
  {
    weight: 2,
    arbitrary: fc.constant({ do: 'backing_open', fd: 5n, type: 'PASSTHROUGH' } as JsonValue),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('backing_close'), id }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('passthrough_open'), id }) },
  { weight: 1, arbitrary: fc.constant({ do: 'passthrough_release' } as JsonValue) },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        do: fc.constant('iomap_begin'),
        op: fc.constantFrom<JsonValue>([], ['WRITE']),
        reply: fc.oneof(
          fc.record({ read: map, write: map }, { requiredKeys: ['read'] }),
          fc.constant({ error: '-EIO' } as Record<string, JsonValue>),
          fc.constantFrom(2n, 4n, 6n, 8n).map((unique) => ({
            hex: `10000000faffffff0${unique}00000000000000`,
          })),
        ) as fc.Arbitrary<JsonValue>,
        times: fc.constantFrom(1n, 2n),
      },
      { requiredKeys: ['do', 'reply'] },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('iomap_end'),
      written: fc.constantFrom<JsonValue>(0n, 512n, 4096n, '-EIO'),
      reply: fc.constantFrom<JsonValue>(0n, { error: '-ENOSYS' }, { error: '-EIO' }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant({ do: 'ioctl', cmd: 'FUSE_DEV_IOC_BACKING_CLOSE', arg: '03000000' } as JsonValue),
  },
) as fc.Arbitrary<JsonValue>;
const revisions = fc.constantFrom(...REVISIONS);
const life = fc
  .tuple(fc.array(sane, { minLength: 2, maxLength: 14 }), fc.nat(), revisions, fc.boolean())
  .map(([steps, at, revision, ended]) =>
    caseOf(
      {
        format: 1n,
        kernel: { revision },
        devices: { vda: {}, vdb: {} },
        fds: {
          '3': { kind: 'blk', device: 'vda' },
          '4': { kind: 'blk', device: 'vdb' },
          '5': { kind: 'reg' },
        },
        steps: ended ? [...steps.slice(0, -1), { do: 'unmount' }, ...steps.slice(-1)] : steps,
      },
      at,
    ),
  );
const cases = fc.oneof(anything, life);

const card = ({ run, scenario, step }: Case) => printCard(run, scenario, step);

function opened(result: CardResult): Extract<CardResult, { ok: true }> {
  if (!result.ok) throw new Error(`line ${result.line}: ${result.message}`);
  return result;
}

/** What a card promises of the chosen step. */
function promised(execution: Execution | undefined) {
  if (execution === undefined) return undefined;
  const { outcome, ret, decided, path, iomap, srcmap, reply, request } = execution;
  const { unique: _, ...asked } = request ?? { unique: 0n };
  // The number of a request counts those before it; a right answer to fewer of them has another.
  const checks = path.map((record) =>
    record.check === 'reply-unique' && record.result === 'pass' ? { ...record, operands: [] } : record,
  );
  return { outcome, ret, decided, checks, iomap, srcmap, read: reply?.read, write: reply?.write, asked };
}

const lastOf = (run: Run, step: number) => run.executions.findLast((execution) => execution.step === step);

/** What a mail program makes of lines that are longer than it likes. */
function wrapped(text: string, columns: number, quote: string, continued: string): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const lines: string[] = [];
      let rest = quote + line;
      while (rest.length > columns) {
        const cut = rest.lastIndexOf(' ', columns);
        if (cut <= Math.max(quote.length, continued.length)) break;
        lines.push(rest.slice(0, cut));
        rest = continued + rest.slice(cut + 1).trimStart();
      }
      return [...lines, rest];
    })
    .join('\n');
}

test('a card is ASCII of at most 72 columns, without blanks at line ends', () => {
  fc.assert(
    fc.property(cases, (given) => {
      for (const line of card(given).split('\n')) {
        expect(line).toMatch(/^[\x20-\x7e]{0,72}$/);
        expect(line).toBe(line.trimEnd());
        // What mail programs and git take for their own.
        expect(line).not.toMatch(/^(>|From |-- $|---|#|\.$)/);
      }
    }),
    { numRuns: 150 },
  );
});

test('a card carries the scenario up to the steps that it leaves out', () => {
  fc.assert(
    fc.property(cases, (given) => {
      const result = opened(readCard(card(given)));
      expect(result.notices).toEqual([]);
      expect(result.numbers[result.step]).toBe(given.step);
      const kept = sliceScenario(canonicalValue(given.document), result.numbers);
      expect(minify(result.value)).toBe(minifyScenario(kept));
    }),
    { numRuns: 200 },
  );
});

test('what a card carries comes to the same for the chosen step', () => {
  fc.assert(
    fc.property(cases, (given) => {
      fc.pre(given.run.stopped === null);
      const result = opened(readCard(card(given)));
      const carried = parseDocument(result.text).scenario!;
      const again = run(coreOf(carried), carried);
      expect(promised(lastOf(again, result.step))).toEqual(promised(lastOf(given.run, given.step)));
    }),
    { numRuns: 400 },
  );
});

test('quoting, wrapping, joining and other ways of mails change nothing of it', () => {
  const quoting = fc.record({
    columns: fc.constantFrom(40, 66, 72, 76, 200),
    quote: fc.constantFrom('', '> ', '> > ', '>> ', '>'),
    continued: fc.constantFrom('', '> ', '    '),
    eol: fc.constantFrom('\n', '\r\n', '  \n'),
    around: fc.constantFrom('', 'Hello,\n\nwhat of this (see below)?\n', 'On Monday she wrote: "step 3:\n'),
    after: fc.constantFrom('', '\n-- \nA. Hacker\n', '\n> > best, (me\n'),
  });
  fc.assert(
    fc.property(cases, quoting, (given, { columns, quote, continued, eol, around, after }) => {
      const plain = card(given);
      const mail = (around + wrapped(plain, columns, quote, continued) + after).replaceAll('\n', eol);
      const { line: _, ...result } = { line: 0, ...opened(readCard(mail)) };
      expect(result).toEqual(readCard(plain));
      expect(opened(readCard(plain.replace(/\s+/g, ' '))).text).toBe(result.text);
    }),
    { numRuns: 200 },
  );
});

test('it is read out of the marks that some programs quote with', () => {
  const marks = fc.array(fc.constantFrom('Jane> ', 'JS> ', 'j.doe> ', '| ', ': ', '> ', '>'), {
    minLength: 1,
    maxLength: 3,
  });
  const around = fc.constantFrom('', 'Hello,\n\nwhat of this (see below)?\n', '> x\n');
  fc.assert(
    fc.property(
      cases,
      marks,
      fc.constantFrom(60, 200),
      around,
      fc.boolean(),
      (given, all, columns, before, trim) => {
        const plain = card(given);
        const quote = all.join('');
        const quoted = wrapped(plain.trimEnd(), columns, quote, quote);
        const mail = `${before}${trim ? quoted.replace(/ +$/gm, '') : quoted}\n\nI see.\n`;
        const { link: _, ...result } = opened(readCard(mail));
        expect(result).toMatchObject({ notices: [], text: opened(readCard(plain)).text });
      },
    ),
    { numRuns: 100 },
  );
});

test('wrapped within words it says nothing of a loss, since there is none', () => {
  const fold = (text: string, columns: number, quote: string) =>
    text.replace(/^.+$/gm, (line) =>
      line
        .match(new RegExp(`.{1,${columns - quote.length}}`, 'g'))!
        .map((part) => quote + part)
        .join('\n'),
    );
  fc.assert(
    fc.property(
      cases,
      fc.integer({ min: 40, max: 71 }),
      fc.constantFrom('', '> ', 'JS> '),
      (given, columns, quote) => {
        const plain = card(given);
        const result = opened(readCard(`What of this?\n\n${fold(plain, columns, quote)}\n`));
        expect(result).toMatchObject({ notices: [], text: opened(readCard(plain)).text });
      },
    ),
    { numRuns: 150 },
  );
  const hyphens = (text: string) => text.replace(/(?<=[a-z0-9])-(?=[a-zA-Z0-9])/g, '-\n    ');
  for (const { run, scenario, document } of [
    caseOf({ format: 1n, title: 'A re-used id', steps: [{ do: 'iomap_begin' }] }, 0),
  ]) {
    const [head, ...rows] = printCard(run, scenario, 0).split('\n');
    const result = opened(readCard([head, hyphens(rows.join('\n'))].join('\n')));
    expect(result.notices).toEqual([]);
    expect(minify(result.value)).toBe(minifyScenario(document));
  }
});

test('wrapped before its colons it is not taken for a text that colons quote', () => {
  const faults: JsonValue[] = [
    { op: 'read', sector: 1n, sectors: '0x20000000000000' },
    { sector: '0x1000000000000000', sectors: 1000n, error: '-EPERM' },
  ];
  const device = { size: 464522115584n, readOnly: true, bytes: [], faults };
  const { run, scenario } = caseOf(
    { format: 1n, devices: { __: device }, steps: [{ do: 'backing_close' }] },
    0,
  );
  const plain = printCard(run, scenario, 0);
  for (const quote of ['', '> ', 'JS> '])
    for (let columns = 40; columns < 72; columns++) {
      const folded = plain.replace(/^.+$/gm, (line) =>
        line
          .match(new RegExp(`.{1,${columns}}`, 'g'))!
          .map((part) => quote + part)
          .join('\n'),
      );
      const result = opened(readCard(folded));
      expect(result).toMatchObject({ notices: [], text: opened(readCard(plain)).text });
    }
});

test('it agrees with its own link', () => {
  fc.assert(
    fc.property(cases, (given) => {
      const scenario = canonicalValue(given.document);
      const link = encodeLink({ scenario, step: given.step, verdict: null, view: '' });
      const text = printCard(given.run, given.scenario, given.step, { link, base: 'https://example.org/p/' });
      const whole = link.length + 22 <= 900;
      expect(opened(readCard(text)).link).toBe(whole ? 'agrees' : 'none');
      if (whole) expect(text.split('\n')).toContain(`https://example.org/p/${link}`);
    }),
    { numRuns: 100 },
  );
});

test('a card with anything lost or changed never opens without a word', () => {
  fc.assert(
    fc.property(cases, fc.nat(), fc.nat(3), (given, where, length) => {
      const plain = card(given);
      const end = plain.indexOf('\nanswer ');
      const at = where % end;
      const result = readCard(plain.slice(0, at) + plain.slice(at + 1 + length));
      if (!result.ok) {
        expect(result.message).not.toBe('');
        expect(result.line).toBeGreaterThanOrEqual(1);
      } else if (result.text !== opened(readCard(plain)).text) expect(result.notices).not.toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('whatever the text, reading it ends with an answer', () => {
  const junk = fc.array(
    fc.oneof(
      fc.constantFrom(
        'iomap-playground',
        'card 1',
        'card 2',
        '1-aa',
        'step 0:',
        'answer 0:',
        'kernel:',
        '\n',
        '> ',
      ),
      fc.constantFrom(
        '"',
        '(',
        ')',
        '{',
        '[',
        ']',
        '}',
        '\\',
        '|',
        'a|',
        'iomap_begin',
        '__proto__ 1',
        'x.y 1',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(junk, (words) => {
      const result = readCard(words.join(' '));
      expect(result.ok || result.message.length > 0).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
