// SPDX-License-Identifier: MIT
import type { MayMachine as Machine } from '#engine/core/may-machine.ts';

/** One field in which the core and the kernel's compiled C do not agree. */
export interface Difference {
  field: string;
  expected: string;
  actual: string;
}

/** The two builds of one revision. */
export interface Builds {
  trace: WebAssembly.Module;
  fast: WebAssembly.Module;
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Row = { [key: string]: Json };

/** How the rows of one family are run. Rows may be malformed: each of these then throws. */
export interface Family {
  /** The same text for rows that can be run on one machine, each from its state just after `prepare`. */
  key: (row: Row) => string;
  /** Sets up a machine for rows of one key; each call of the returned function resets it to just that state. */
  prepare: (module: WebAssembly.Module, rows: readonly Row[]) => () => Machine;
  /** Runs a row on a machine that was just reset. */
  compare: (row: Row, machine: Machine, traced: boolean) => Comparison;
}

/** A family whose rows are whole scenarios: each sets up its own machine. Rows may be malformed: it then throws. */
export interface ScenarioFamily {
  compareScenario: (row: Row, builds: Builds) => Comparison;
}

/** Collects the differences of a row; values are compared as text, so that 1, 1n and "1" are one value. */
export class Comparison {
  readonly differences: Difference[] = [];
  readonly #build: string;

  constructor(build: string) {
    this.#build = build;
  }

  /** A field that the row does not have is not compared. */
  equal(field: string, expected: unknown, actual: unknown): void {
    if (expected === undefined) return;
    const [e, a] = [text(expected), text(actual)];
    if (e !== a) this.differences.push({ field: `${this.#build}: ${field}`, expected: e, actual: a });
  }

  /** Every field of `expected`; null means that there is no struct at all. */
  fields(
    field: string,
    expected: { [key: string]: unknown } | null | undefined,
    actual: object | null,
  ): void {
    if (expected === undefined) return;
    if (expected === null || actual === null) {
      this.equal(field, expected === null ? null : '{…}', actual === null ? null : '{…}');
      return;
    }
    for (const [name, value] of Object.entries(expected)) {
      const other = (actual as { [key: string]: unknown })[name];
      if (isRecord(value)) this.fields(`${field}.${name}`, value, isRecord(other) ? other : null);
      else this.equal(`${field}.${name}`, value, other);
    }
  }

  /** An expectation of a row that is not checked here must not count as agreed. */
  only(expect: object, known: readonly string[]): void {
    for (const name of Object.keys(expect)) {
      if (!known.includes(name)) this.equal(`expect.${name}`, 'a field that this run knows', 'not compared');
    }
  }
}

function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  if (isRecord(value))
    return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner));
  return String(value);
}
