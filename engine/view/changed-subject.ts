// SPDX-License-Identifier: MIT
import { DEFAULT_REVISION, REVISIONS, type Revision } from '../kernel/features.ts';

/** Two revisions and a function of the core, as the address of "What changed here" has them. */
export interface ChangedSubject {
  /** '' for none in particular. */
  fn: string;
  from: Revision;
  to: Revision;
}

/** The revision after the default one: what the series' own next step changed. */
const NEXT = REVISIONS[REVISIONS.indexOf(DEFAULT_REVISION) + 1]!;

const isRevision = (text: string | null): text is Revision => REVISIONS.some((one) => one === text);

/** Reads `fuse_iomap_begin?from=v6-04&to=late`, each part of which may be left out; null for anything else. */
export function changedSubject(text: string): ChangedSubject | null {
  const [fn = '', query = '', ...more] = text.split('?');
  if (!/^\w*$/.test(fn) || more.length > 0) return null;
  const told = new URLSearchParams(query);
  const [from, to] = [told.get('from') ?? DEFAULT_REVISION, told.get('to') ?? NEXT];
  if (!isRevision(from) || !isRevision(to)) return null;
  return [...told.keys()].every((key) => key === 'from' || key === 'to') ? { fn, from, to } : null;
}

/** The same as text, which changedSubject() reads. */
export const changedAddress = ({ fn, from, to }: ChangedSubject): string => `${fn}?from=${from}&to=${to}`;
