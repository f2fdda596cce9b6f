// SPDX-License-Identifier: MIT
import { Comparison, type Builds, type Family, type Row, type ScenarioFamily } from './row.ts';

/** A row that is to be run, with all that this takes. */
export interface Job {
  row: Row;
  family: Family | ScenarioFamily;
  builds: Builds;
}

/** A job of a family that shares machines. */
type TableJob = Job & { family: Family };

function sharesMachines(job: Job): job is TableJob {
  return !('compareScenario' in job.family);
}

/**
 * Runs rows on both builds of their revision; the results are in the order of the jobs. To set up a backing table
 * takes far longer than the one call that a row makes, so rows with the same table run one after another, on one
 * machine that is reset before each. A row that cannot be run does not agree.
 */
export function compareRows(jobs: readonly Job[]): Comparison[] {
  const results = jobs.map(() => new Comparison('row'));
  jobs.forEach(({ family, row, builds }, i) => {
    if (!('compareScenario' in family)) return;
    attempt([i], results, () => {
      results[i]!.differences.push(...family.compareScenario(row, builds).differences);
    });
  });
  for (const group of groups(jobs, results)) {
    const { family, builds } = jobs[group[0]!]! as TableJob;
    for (const build of ['trace', 'fast'] as const) {
      attempt(group, results, () => {
        const rows = group.map((i) => jobs[i]!.row);
        const machine = family.prepare(builds[build], rows);
        for (const i of group) {
          attempt([i], results, () => {
            const { differences } = family.compare(jobs[i]!.row, machine(), build === 'trace');
            results[i]!.differences.push(...differences);
          });
        }
      });
    }
  }
  return results;
}

/** The positions of jobs that can share a machine. */
function groups(jobs: readonly Job[], results: readonly Comparison[]): Iterable<number[]> {
  const byFamily = new Map<Builds, Map<Family, Map<string, number[]>>>();
  jobs.forEach((job, i) => {
    if (!sharesMachines(job)) return;
    const { row, family, builds } = job;
    attempt([i], results, () => {
      const families = entry(byFamily, builds, () => new Map<Family, Map<string, number[]>>());
      const keys = entry(families, family, () => new Map<string, number[]>());
      entry(keys, family.key(row), () => []).push(i);
    });
  });
  return [...byFamily.values()].flatMap((families) =>
    [...families.values()].flatMap((keys) => [...keys.values()]),
  );
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** What goes wrong is a difference of each of these rows, told once. */
function attempt(rows: readonly number[], results: readonly Comparison[], run: () => void): void {
  try {
    run();
  } catch (error) {
    const broken = rows.map((i) => results[i]!).filter(({ differences }) => differences.length === 0);
    for (const result of broken) result.equal('run', 'a row that can be run', (error as Error).message);
  }
}
