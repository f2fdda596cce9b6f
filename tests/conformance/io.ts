// SPDX-License-Identifier: MIT
import { IoMachine } from '#engine/core/io-machine.ts';
import type { Extras } from '#engine/run/extras.ts';
import { extras } from '#engine/run/extras.ts';
import { BareRunner } from '#engine/run/bare-runner.ts';
import type { Execution } from '#engine/run/types.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { deviceSum } from './device-sum.ts';
import { answerOf } from './io-answer.ts';
import { isZeroOrEio, loosened, mayTellAgain } from './io-loose.ts';
import { LOOSE, STEP_FIELDS, type IoRow, type Item, type StepAnswer } from './io-row.ts';
import { Comparison, type Row, type ScenarioFamily } from './row.ts';

/** What a build without records does not know. */
const RECORDED: readonly string[] = ['requests', 'bios'];

/** What a run of one row came to. */
export interface Ran {
  steps: StepAnswer[];
  /** CRC-32 of each device after the last step. */
  contents: { [device: string]: number };
}

/** The rows of the `io` family: scenarios that a running kernel was put through. */
export const io: ScenarioFamily = {
  compareScenario(raw, builds) {
    const row = raw as unknown as IoRow;
    const traced = new Comparison('trace');
    compareRun(traced, row, runRow(raw, builds.trace), true);
    const fast = new Comparison('fast');
    compareRun(fast, row, runRow(raw, builds.fast), false);
    traced.differences.push(...fast.differences);
    return traced;
  },
};

/** Runs the scenario of a row; throws if it cannot be read. */
export function runRow(raw: Row, module: WebAssembly.Module): Ran {
  const { scenario, problems } = parseDocument(JSON.stringify(raw['scenario']));
  if (scenario === null) throw new Error(`the scenario cannot be read: ${problems[0]?.message}`);
  const data: (Uint8Array | null)[] = [];
  const runner = new RowRunner(module, data);
  const { executions } = runner.run(scenario);
  return {
    steps: executions.map((execution, i) => answerOf(execution, bytesOf(execution, data[i] ?? null))),
    contents: contentsOf(scenario, runner.machine!),
  };
}

/** A runner that hands over the bytes that preads got, which a run keeps in part only. */
class RowRunner extends BareRunner {
  constructor(module: WebAssembly.Module, data: (Uint8Array | null)[]) {
    const executeIo: Extras['executeIo'] = (step, inode, context) => {
      const effect = extras.executeIo(step, inode, context);
      data[context.index] = effect.data;
      return effect;
    };
    super(module, { ...extras, executeIo, logLines: () => [] });
  }

  get machine(): IoMachine | null {
    return this.extra?.machine ?? null;
  }
}

function bytesOf({ ret }: Execution, data: Uint8Array | null): Uint8Array | null {
  return data === null || ret === null || ret <= 0n ? null : data.subarray(0, Number(ret));
}

function contentsOf(scenario: Scenario, machine: IoMachine): { [device: string]: number } {
  const sums = Object.entries(scenario.devices).map(([name, device]) => {
    const { contents, bytes } = device;
    const from = JSON.stringify([contents, bytes], (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value instanceof Uint8Array ? [...value] : value,
    );
    return [name, deviceSum(machine, name, Number(device.size), from)];
  });
  return Object.fromEntries(sums) as { [device: string]: number };
}

/** Compares what a run came to with what the row expects. Without `records` its requests and bios are not known. */
export function compareRun(comparison: Comparison, row: IoRow, ran: Ran, records: boolean): void {
  const loose = row.loose ?? [];
  for (const word of loose) if (!LOOSE.includes(word)) comparison.equal('loose', LOOSE.join(' '), word);
  comparison.only(row.expect, ['steps', 'contents']);
  const does = row.scenario.steps.map(({ do: what }) => what);
  comparison.equal('steps', row.expect.steps.length, ran.steps.length);

  const expected = loosened(does, row.expect.steps, loose);
  const actual = loosened(does, ran.steps, loose);
  const again = loose.includes('eio-not-waited') ? mayTellAgain(does, row.expect.steps) : new Set<number>();
  expected.steps.forEach((step, i) => {
    const found = actual.steps[i] ?? {};
    comparison.only(step, STEP_FIELDS);
    for (const field of STEP_FIELDS) {
      if (!records && RECORDED.includes(field)) continue;
      if (field === 'ret' && again.has(i) && isZeroOrEio(found.ret)) continue;
      compareValues(comparison, `steps.${i}.${field}`, step[field], found[field]);
    }
  });
  if (records) {
    expected.ioends.forEach((ioends, i) => {
      if (ioends === null || (loose.length > 0 && row.expect.steps[i]?.ret === 'oops')) return;
      compareValues(comparison, `ioends.${i}`, ioends, actual.ioends[i] ?? []);
    });
  }
  comparison.fields('contents', row.expect.contents, ran.contents);
}

/** A list item by item, a struct field by field with none left over, the rest as text. */
function compareValues(comparison: Comparison, field: string, expected: unknown, actual: unknown): void {
  if (expected === undefined) return;
  if (Array.isArray(expected) && Array.isArray(actual) && expected.some(isStruct)) {
    comparison.equal(`${field}.length`, expected.length, actual.length);
    expected.forEach((item, i) => {
      if (i < actual.length) compareValues(comparison, `${field}.${i}`, item, actual[i]);
    });
  } else if (isStruct(expected) && isStruct(actual)) {
    for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      compareValues(comparison, `${field}.${name}`, expected[name] ?? null, actual[name] ?? null);
    }
  } else comparison.equal(field, shown(expected), shown(actual));
}

function isStruct(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An empty list is not an empty text. */
function shown(value: unknown): unknown {
  return Array.isArray(value) || isStruct(value) ? JSON.stringify(value) : value;
}
