// SPDX-License-Identifier: GPL-2.0-only
import { describe } from './build.ts';
import { didYouMean } from './nearest.ts';
import type { Finding } from './parse.ts';
import { CAPS } from './caps.ts';
import type { Expectation, Scenario, Step, StepName } from './schema.ts';
import { isIoStep } from './io-steps.ts';

type Report = (message: string, path: (string | number)[]) => void;

/** What a schema can't say: names that must exist, steps that must come earlier, the sum of `times`. */
export function checkReferences(scenario: Scenario): Finding[] {
  const findings: Finding[] = [];
  const report: Report = (message, path) => findings.push({ severity: 'error', message, path });
  const devices = new Names('device', Object.keys(scenario.devices), report);
  const inodes = new Names('inode', Object.keys(scenario.inodes), report);

  for (const [number, fd] of Object.entries(scenario.fds ?? {})) {
    if ('device' in fd) devices.need(fd.device, ['fds', number, 'device']);
  }
  devices.need(scenario.superblock.bdev, ['superblock', 'bdev']);
  scenario.steps.forEach((step, i) => {
    const path = ['steps', i];
    if (step.do === 'iomap_begin' || isIoStep(step)) {
      if (step.inode !== undefined) inodes.need(step.inode, [...path, 'inode']);
      else if (inodes.none) report('This step needs an inode, and the scenario has none.', path);
    }
    if (step.do === 'iomap_end') devices.need(step.iomap?.bdev, [...path, 'iomap', 'bdev']);
    if (step.do === 'iomap_end') earlier(scenario, i, step.of, 'iomap_begin', report);
    if (step.do === 'passthrough_release') earlier(scenario, i, step.of, 'passthrough_open', report);
    if (step.do === 'pwrite' && step.data !== undefined) {
      for (const other of ['length', 'fill'] as const) {
        if (step[other] !== undefined)
          report('`data` is here too: one of the two has to go.', [...path, other]);
      }
    }
    if (step.expect !== undefined) expected(step.expect, [...path, 'expect'], devices);
  });
  countExecutions(scenario.steps, report);
  return findings;
}

class Names {
  readonly #what: string;
  readonly #names: Set<string>;
  readonly #report: Report;

  constructor(what: string, names: string[], report: Report) {
    this.#what = what;
    this.#names = new Set(names);
    this.#report = report;
  }

  get none(): boolean {
    return this.#names.size === 0;
  }

  /** Reports a name that isn't there; null and undefined name nothing. */
  need(name: string | null | undefined, path: (string | number)[]): void {
    if (name == null || this.#names.has(name)) return;
    const words = `No ${this.#what} has the name ${JSON.stringify(name)}.`;
    this.#report(words + (didYouMean(name, this.#names) || this.#all()), path);
  }

  #all(): string {
    if (this.none) return ` The scenario has no ${this.#what}.`;
    const some = [...this.#names].slice(0, 8);
    return ` There is: ${some.join(', ')}${some.length < this.#names.size ? ', …' : ''}.`;
  }
}

function earlier(
  scenario: Scenario,
  at: number,
  of: number | undefined,
  kind: StepName,
  report: Report,
): void {
  if (of === undefined) return;
  const path = ['steps', at, 'of'];
  const target = scenario.steps[of];
  if (of >= at) report(describe(`the index of an earlier ${kind}, less than ${at}`, of), path);
  else if (target?.do !== kind)
    report(`Expected the index of an earlier ${kind}; steps[${of}] is ${target?.do}.`, path);
}

function expected(expect: Expectation, path: (string | number)[], devices: Names): void {
  devices.need(expect.iomap?.bdev, [...path, 'iomap', 'bdev']);
  devices.need(expect.srcmap?.bdev, [...path, 'srcmap', 'bdev']);
  const { data, bios, contents } = expect;
  if (data !== undefined && 'device' in data) devices.need(data.device, [...path, 'data', 'device']);
  for (const name of Object.keys(contents ?? {})) devices.need(name, [...path, 'contents', name]);
  if (Array.isArray(bios))
    bios.forEach(({ device }, i) => devices.need(device, [...path, 'bios', i, 'device']));
  for (const [id, entry] of Object.entries(expect.table?.entries ?? {})) {
    devices.need(entry?.device, [...path, 'table', 'entries', id, 'device']);
  }
}

function countExecutions(steps: readonly Step[], report: Report): void {
  let total = 0;
  for (const [i, step] of steps.entries()) {
    total += step.times;
    if (total <= CAPS.executions) continue;
    report(`With this step the scenario runs ${total} steps or more; at most ${CAPS.executions} fit.`, [
      'steps',
      i,
      'times',
    ]);
    return;
  }
}
