// SPDX-License-Identifier: GPL-2.0-only
import { decodeLink, printScenario } from '../start/codec.ts';
import type { NamedText } from '../worker/search-protocol.ts';

/** Where scenarios for a matrix come from: files, folders, pasted links and documents. */

/** What was found, and what could not be read, in words. */
export interface Gathered {
  documents: NamedText[];
  troubles: string[];
}

/** More rows than this are no matrix that somebody reads. */
const MAX_FILES = 2_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** Scenarios out of a pasted text: one JSON document, or any number of links with anything between them. */
export function gatherText(text: string): Gathered {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return { documents: [{ name: 'pasted', text: trimmed }], troubles: [] };
  const documents: NamedText[] = [];
  const troubles: string[] = [];
  const pieces = trimmed.split(/(?=#\d+\.\d+\.)/).filter((piece) => /^#\d+\.\d+\./.test(piece));
  for (const [i, piece] of pieces.entries()) {
    const result = decodeLink(piece);
    if (!result.ok) {
      troubles.push(`Link ${i + 1}: ${result.error.message}`);
      continue;
    }
    const { scenario } = result.state;
    documents.push({ name: titleOf(scenario) ?? `link ${i + 1}`, text: printScenario(scenario) });
  }
  if (pieces.length === 0)
    troubles.push(
      'There is no link and no scenario in this text. Links begin with #1. and stand apart by blanks.',
    );
  return { documents, troubles };
}

function titleOf(scenario: unknown): string | null {
  const title = (scenario as { title?: unknown } | null)?.title;
  return typeof title === 'string' && title !== '' ? title : null;
}

/** Scenarios out of files, by their names. */
export async function gatherFiles(files: readonly File[]): Promise<Gathered> {
  const documents: NamedText[] = [];
  const troubles: string[] = [];
  for (const file of files.slice(0, MAX_FILES)) {
    if (file.size > MAX_BYTES) troubles.push(`${file.name} is larger than ${MAX_BYTES} bytes.`);
    else documents.push({ name: file.name.replace(/\.json$/, ''), text: await file.text() });
  }
  if (files.length > MAX_FILES)
    troubles.push(`Only the first ${MAX_FILES} of ${files.length} files are shown.`);
  return { documents, troubles };
}

/** The files of a drop; of folders every .json file, to any depth. */
export async function droppedFiles(data: DataTransfer): Promise<File[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some((entry) => entry?.isDirectory)) return [...data.files];
  const files: File[] = [];
  for (const entry of entries) if (entry) await walk(entry, files, true);
  return files.sort((a, b) => a.name.localeCompare(b.name));
}

async function walk(entry: FileSystemEntry, files: File[], dropped: boolean): Promise<void> {
  if (files.length > MAX_FILES) return;
  if (entry.isFile) {
    if (!dropped && !entry.name.endsWith('.json')) return;
    files.push(
      await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    );
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader gives a folder in portions, and an empty one at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const one of some) await walk(one, files, false);
  }
}
