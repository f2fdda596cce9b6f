// SPDX-License-Identifier: MIT
import { placeText } from '../kernel/ordinal.ts';
import { grouped } from '../kernel/digits.ts';
import { quoted } from '../kernel/clean.ts';
import { advice } from './advice-words.ts';
import { didYouMean } from './nearest.ts';
import type { Finding } from './parse.ts';
import { CAPS } from './caps.ts';
import type { Expectation, Inode, Scenario, Step, StepName } from './schema.ts';
import { isIoStep } from './io-names.ts';

type Report = (message: Finding['message'], path: (string | number)[]) => void;

/** The parts of a document that do not fit the schema: what they refer to is not known. */
export class Unread {
  readonly #document: unknown;
  readonly #paths: ReadonlySet<string>;

  constructor(document: unknown, issues: readonly { path?: readonly { key: unknown }[] | undefined }[]) {
    this.#document = document;
    this.#paths = new Set(issues.map(({ path }) => (path ?? []).map(({ key }) => key).join('\n')));
  }

  /** Whether a value, or something that it is in, is wrong itself. */
  has(path: readonly (string | number)[]): boolean {
    return path.some((_, i) => this.#paths.has(path.slice(0, i + 1).join('\n')));
  }

  /** The names in a table of the document, whatever their values; null if it is not a table. */
  names(table: 'devices' | 'inodes', read: unknown): string[] | null {
    const own = (this.#document as Record<string, unknown>)[table];
    return isObject(own ?? read) ? Object.keys((own ?? read) as object) : null;
  }
}

/**
 * What a schema can't say: names that must exist, steps that must come earlier, the sum of `times`.
 *
 * @param unread of a scenario that does not fit the schema: the rest of it is checked
 */
export function checkReferences(scenario: Scenario, unread?: Unread): Finding[] {
  const findings: Finding[] = [];
  if (!isObject(scenario)) return findings;
  const report: Report = (message, path) => {
    if (!unread?.has(path)) findings.push({ severity: 'error', message, path });
  };
  const namesOf = (table: 'devices' | 'inodes') =>
    unread === undefined ? Object.keys(scenario[table]) : unread.names(table, scenario[table]);
  const devices = new Names('device', namesOf('devices'), report);
  const inodes = new Names('inode', namesOf('inodes'), report);

  for (const [number, fd] of Object.entries(scenario.fds ?? {})) {
    if (isObject(fd) && 'device' in fd) devices.need(fd.device, ['fds', number, 'device']);
  }
  for (const [name, inode] of Object.entries(scenario.inodes ?? {}))
    if (isObject(inode) && Array.isArray(inode.extents))
      apart(inode.extents, ['inodes', name, 'extents'], report);
  devices.need(scenario.superblock?.bdev, ['superblock', 'bdev']);
  if (!Array.isArray(scenario.steps)) return findings;
  const { show } = scenario;
  if (typeof show === 'number' && show >= scenario.steps.length)
    report(
      `Expected the index (from 0) of a step, found ${show}. There are ${scenario.steps.length} steps.`,
      ['show'],
    );
  scenario.steps.forEach((step, i) => {
    const path = ['steps', i];
    if (unread !== undefined && (!isObject(step) || unread.has([...path, 'do']))) return;
    if (step.do === 'iomap_begin' || isIoStep(step)) {
      if (step.inode !== undefined) inodes.need(step.inode, [...path, 'inode']);
      else if (inodes.none) report('This step needs an inode, and the scenario has none.', path);
    }
    if (step.do === 'iomap_end') devices.need(step.iomap?.bdev, [...path, 'iomap', 'bdev']);
    if (step.do === 'iomap_end') earlier(scenario, i, step.of, 'iomap_begin', report, unread);
    if (step.do === 'passthrough_release') earlier(scenario, i, step.of, 'passthrough_open', report, unread);
    if (step.do === 'pwrite' && step.data !== undefined) {
      for (const other of ['length', 'fill'] as const) {
        if (step[other] !== undefined)
          report('`data` is here too: one of the two has to go.', [...path, other]);
      }
    }
    if (isObject(step.expect)) expected(step.expect, [...path, 'expect'], devices);
    for (const [name, own] of Object.entries(step.expectOn ?? {}))
      if (isObject(own)) expected(own, [...path, 'expectOn', name], devices);
  });
  countExecutions(scenario.steps, report);
  return findings;
}

class Names {
  readonly #what: string;
  readonly #names: Set<string> | null;
  readonly #report: Report;

  /** @param names null if nobody knows them: then any may exist */
  constructor(what: string, names: string[] | null, report: Report) {
    this.#what = what;
    this.#names = names && new Set(names);
    this.#report = report;
  }

  get none(): boolean {
    return this.#names?.size === 0;
  }

  /** Reports a name that isn't there; null and undefined name nothing. */
  need(name: string | null | undefined, path: (string | number)[]): void {
    const names = this.#names;
    if (typeof name !== 'string' || names === null || names.has(name)) return;
    const words = () =>
      `No ${this.#what} has the name ${quoted(name)}.${didYouMean(name, names) || this.#all(names)}`;
    this.#report(words, path);
  }

  #all(names: ReadonlySet<string>): string {
    if (this.none) return ` The scenario has no ${this.#what}.`;
    const some = [...names].slice(0, 8);
    return ` There is: ${some.join(', ')}${some.length < names.size ? ', …' : ''}.`;
  }
}

/** No byte of a file is in two of its extents. */
function apart(extents: NonNullable<Inode['extents']>, path: (string | number)[], report: Report): void {
  const rows = extents
    // A row that could not be read may hold anything.
    .flatMap((row, at) =>
      typeof row?.offset === 'bigint' && typeof row.length === 'bigint'
        ? [{ at, offset: row.offset, end: row.offset + row.length }]
        : [],
    )
    .sort((a, b) => (a.offset < b.offset ? -1 : a.offset > b.offset ? 1 : a.at - b.at));
  let before = rows[0];
  for (const row of rows.slice(1)) {
    if (before !== undefined && row.offset < before.end) {
      const { at, end } = before;
      const within = `within extents[${at}], which ends at ${grouped(end)}`;
      report(
        () =>
          `This extent begins at ${grouped(row.offset)}, ${within}. Move it, or make one of them shorter.`,
        [...path, row.at],
      );
    }
    if (before === undefined || row.end > before.end) before = row;
  }
}

function earlier(
  scenario: Scenario,
  at: number,
  of: number | undefined,
  kind: StepName,
  report: Report,
  unread: Unread | undefined,
): void {
  if (typeof of !== 'number') return;
  const path = ['steps', at, 'of'];
  const target = scenario.steps[of];
  if (of < at && (target?.do === kind || unread?.has(['steps', of, 'do']))) return;
  const found = of < at ? `${placeText(['steps', of])} is ${target?.do}` : `${of} is none`;
  report(
    () =>
      `Expected the index (from 0) of an earlier ${kind}; ${found}.${advice.ofAdvice?.(scenario.steps, at, kind) ?? ''}`,
    path,
  );
}

function expected(expect: Expectation, path: (string | number)[], devices: Names): void {
  mappings(expect, path, devices);
  const { data, requests, bios, contents } = expect;
  if (isObject(data) && 'device' in data) devices.need(data.device, [...path, 'data', 'device']);
  if (Array.isArray(data))
    data.forEach((piece, i) => {
      if (isObject(piece) && 'device' in piece) devices.need(piece.device, [...path, 'data', i, 'device']);
    });
  if (Array.isArray(requests))
    requests.forEach((one, i) => mappings(one?.answer, [...path, 'requests', i, 'answer'], devices));
  for (const name of Object.keys(contents ?? {})) devices.need(name, [...path, 'contents', name]);
  if (Array.isArray(bios))
    bios.forEach((bio, i) => devices.need(bio?.device, [...path, 'bios', i, 'device']));
  for (const [id, entry] of Object.entries(expect.table?.entries ?? {})) {
    devices.need(entry?.device, [...path, 'table', 'entries', id, 'device']);
  }
  if (isObject(expect.not)) expected(expect.not, [...path, 'not'], devices);
}

function mappings(
  seen: Pick<Expectation, 'iomap' | 'srcmap'> | undefined,
  path: (string | number)[],
  devices: Names,
): void {
  devices.need(seen?.iomap?.bdev, [...path, 'iomap', 'bdev']);
  devices.need(seen?.srcmap?.bdev, [...path, 'srcmap', 'bdev']);
}

function countExecutions(steps: readonly Step[], report: Report): void {
  let total = 0;
  for (const [i, step] of steps.entries()) {
    // One that could not be read counts as one.
    total += typeof step?.times === 'number' ? step.times : 1;
    if (total <= CAPS.executions) continue;
    report(
      `With this step the scenario runs ${grouped(total)} steps or more; at most ${grouped(CAPS.executions)} fit.`,
      ['steps', i, 'times'],
    );
    return;
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
