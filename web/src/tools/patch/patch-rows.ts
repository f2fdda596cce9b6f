// SPDX-License-Identifier: MIT
import { NO_FILE_NAME } from '#engine/view/paste-words.ts';
import type { CheckId } from '#engine/kernel/checks.ts';
import type { CheckState, Patch, PatchFile, PatchHunk, PatchLine } from '#engine/import/patch.ts';

/** Lines of a hunk that are drawn unasked; more only with "show all". */
export const HUNK_LINES = 160;
/** Lines that are drawn unasked in all: files beyond them are folded. */
export const OPEN_LINES = 1_200;
/** Hunks of an open file that are drawn at once. */
export const FILE_HUNKS = 40;

/** A check's state in words and as a mark; null is a check that the chosen step did not reach. */
export const STATES: Record<CheckState | 'none', { mark: string; words: string }> = {
  decided: { mark: '✕', words: 'decided' },
  'would-fail': { mark: '✕', words: 'would fail' },
  passed: { mark: '✓', words: 'passed' },
  'would-pass': { mark: '✓', words: 'would pass' },
  none: { mark: '·', words: 'not asked' },
};

/** A check at the first line of the patch that has it. */
export interface FoundCheck {
  check: CheckId;
  file: number;
  hunk: number;
  line: number;
}

/** Every check that lives in the patch, in the order of its lines. */
export function checksIn({ files }: Patch): FoundCheck[] {
  const found = new Map<CheckId, FoundCheck>();
  files.forEach(({ hunks }, file) =>
    hunks.forEach(({ checks, lines }, hunk) => {
      for (const check of checks) {
        if (found.has(check)) continue;
        const line = lines.findIndex((one) => one.checks.includes(check));
        found.set(check, { check, file, hunk, line });
      }
    }),
  );
  return [...found.values()];
}

/**
 * The checks to put beside each line: of a statement over several lines the first one has them, on either side
 * of the change.
 */
export function chipsOf(lines: readonly PatchLine[]): CheckId[][] {
  return lines.map(({ checks, kind }, i) => {
    const before = lines[i - 1];
    if (before === undefined || (before.kind !== kind && before.kind !== 'context' && kind !== 'context'))
      return checks;
    return checks.filter((check) => !before.checks.includes(check));
  });
}

/** The checks whose condition a hunk changes: those of its added and removed lines. */
export const changedChecks = ({ lines }: PatchHunk): CheckId[] => [
  ...new Set(lines.flatMap(({ kind, checks }) => (kind === 'context' ? [] : checks))),
];

export const lineCount = ({ hunks }: PatchFile): number =>
  hunks.reduce((sum, { lines }) => sum + lines.length, 0);

const hasChecks = (hunks: readonly PatchHunk[]): boolean => hunks.some(({ checks }) => checks.length > 0);
/** Whether a hunk of it is in a function that the core models. */
export const isModelled = ({ hunks }: PatchFile): boolean =>
  hasChecks(hunks) || hunks.some(({ models }) => models.length > 0);

/**
 * Which files lie open at first, as long as there is room: those with a hunk in a function that the core models, the
 * ones with checks before the others. In a patch without such a hunk, all of them.
 */
export function openAtFirst({ files }: Patch): number[] {
  const drawn = (file: PatchFile) =>
    file.hunks.slice(0, FILE_HUNKS).reduce((sum, { lines }) => sum + Math.min(lines.length, HUNK_LINES), 0);
  const any = files.some(isModelled);
  const order = files
    .flatMap((file, i) => (any && !isModelled(file) ? [] : [i]))
    .sort((a, b) => Number(hasChecks(files[b]!.hunks)) - Number(hasChecks(files[a]!.hunks)) || a - b);
  const open: number[] = [];
  let room = OPEN_LINES;
  for (const index of order) {
    const lines = drawn(files[index]!);
    if (lines > room && open.length > 0) continue;
    room -= lines;
    open.push(index);
  }
  return open;
}

/** The name of a file: where it came from too, if it was moved. */
export function fileName({ oldPath, newPath }: PatchFile): string {
  if (newPath === '') return NO_FILE_NAME;
  if (newPath === '/dev/null') return `${oldPath} (removed)`;
  if (oldPath === '/dev/null') return `${newPath} (new)`;
  return oldPath === newPath || oldPath === '' ? newPath : `${oldPath} → ${newPath}`;
}
