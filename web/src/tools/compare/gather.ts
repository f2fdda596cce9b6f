// SPDX-License-Identifier: MIT
/** Where scenarios for a matrix come from: files, folders, pasted links, cards and documents. */
import { grouped } from '#engine/kernel/digits.ts';
import { clean } from '#engine/kernel/clean.ts';
import type { Gathered, Readings } from '#engine/view/reading-protocol.ts';
import type { NamedText } from '#engine/view/search-protocol.ts';
import type { App } from '../../app/app.svelte.ts';

/** A matrix with more rows than this is not readable. */
const MAX_FILES = 2_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** The files of a folder that are read: scenarios, and texts that may hold some. */
const USABLE = /\.(?:json|txt|eml|mbox|md)$/i;

/** Scenarios out of a pasted text, in its order: links, text cards and JSON documents, mixed. */
export async function gatherText(app: App, text: string, name?: string): Promise<Gathered> {
  const outcome = await app.reading.read('scenarios', text, name);
  if (outcome.ok) return outcome.reading;
  return { documents: [], troubles: [outcome.why ?? CANCELLED] };
}

/** The one scenario of a text, or why there is none to take. */
export async function readOne(app: App, text: string, name?: string): Promise<Readings['scenario']> {
  const outcome = await app.reading.read('scenario', text, name);
  return outcome.ok ? outcome.reading : { trouble: outcome.why ?? CANCELLED };
}

const CANCELLED = 'It was not read to its end.';

/** Scenarios out of files, by their names; of texts that hold several, each by its own. */
export async function gatherFiles(app: App, files: readonly File[]): Promise<Gathered> {
  const documents: NamedText[] = [];
  const troubles: string[] = [];
  for (const file of files.slice(0, MAX_FILES)) {
    const name = clean(file.name);
    if (file.size > MAX_BYTES) {
      troubles.push(`${name} is larger than ${grouped(MAX_BYTES)} bytes.`);
      continue;
    }
    const text = await file.text();
    if (/\.json$/i.test(file.name)) {
      documents.push({ name: name.replace(/\.json$/i, ''), text });
      continue;
    }
    const outcome = await app.reading.read('scenarios', text, file.name);
    if (outcome.ok) {
      for (const one of outcome.reading.documents) documents.push(one);
      for (const trouble of outcome.reading.troubles) troubles.push(`${name}: ${trouble}`);
    } else {
      troubles.push(`${name}: ${outcome.why ?? CANCELLED}`);
      // Whoever cancels one does not want those after it.
      if (outcome.why === null) break;
    }
  }
  if (files.length > MAX_FILES)
    troubles.push(`Only the first ${MAX_FILES} of ${grouped(files.length)} files are shown.`);
  return { documents, troubles };
}

/** Rows are known by their names: a second of the same name gets a number. */
export function numbered(documents: readonly NamedText[]): NamedText[] {
  const counts = new Map<string, number>();
  return documents.map(({ name, text }) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { name: count === 1 ? name : `${name} (${count})`, text };
  });
}

/** The files of a chosen folder that may be scenarios, by their paths. */
export const folderFiles = (files: readonly File[]): File[] =>
  files
    .filter(({ name }) => USABLE.test(name))
    .sort((a, b) => a.webkitRelativePath.localeCompare(b.webkitRelativePath));

/** The files of a drop; of folders those that may be scenarios, to any depth. */
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
    if (!dropped && !USABLE.test(entry.name)) return;
    files.push(
      await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    );
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader returns a folder in batches, and an empty batch at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const one of some) await walk(one, files, false);
  }
}
