// SPDX-License-Identifier: MIT
import { REVISIONS, type Revision } from '#engine/kernel/features.ts';
import { meantBy } from '#engine/scenario/advice.ts';

/** The command was called in a way that it does not know: exit status 2. */
export class UsageError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** The one argument of a command that takes one. */
export function onlyArgument(command: string, what: string, positionals: readonly string[]): string {
  const [first, second] = positionals;
  if (first === undefined) throw new UsageError(`${command}: ${what} is missing`, `See ${command} --help.`);
  if (second !== undefined)
    throw new UsageError(
      `${command}: one ${what} is expected, '${second}' is a second`,
      `See ${command} --help.`,
    );
  return first;
}

/** A revision by its name. Throws a UsageError that lists them. */
export function revisionNamed(command: string, name: string): Revision {
  const found = REVISIONS.find((revision) => revision === name);
  if (found !== undefined) return found;
  throw new UsageError(
    `${command}: --rev: there is no revision '${name}'`,
    `Revisions: ${REVISIONS.join(', ')}.${meantBy(name, REVISIONS)}`,
  );
}
