// SPDX-License-Identifier: MIT
/** Where scenarios for a matrix come from: files, folders, pasted links, cards and documents. */
import { gatherScenarios, type GatheredScenario } from '#engine/import/gather.ts';
import { decodedText } from '#engine/import/patch-body.ts';
import type { NamedText } from '#engine/view/search-protocol.ts';

/** What was found, and what could not be read, in words. */
export interface Gathered {
  documents: NamedText[];
  troubles: string[];
}

/** A matrix with more rows than this is not readable. */
const MAX_FILES = 2_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** The files of a folder that are read: scenarios, and texts that may hold some. */
const USABLE = /\.(?:json|txt|eml|mbox|md)$/i;

/** Scenarios out of a pasted text, in its order: links, text cards and JSON documents, mixed. */
export async function gatherText(text: string): Promise<Gathered> {
  const { scenarios, troubles } = gatherScenarios(await decodedText(text));
  const told = troubles.map(({ line, message }) => `Line ${line}: ${message}`);
  if (scenarios.length === 0 && told.length === 0)
    told.push(
      'There is no link, no card and no scenario in this text. Links begin with #1. and stand apart by blanks.',
    );
  return { documents: scenarios.map(({ name, text: own }) => ({ name, text: own })), troubles: told };
}

/** The one scenario of a text, or why there is none to take. */
export async function readOne(text: string): Promise<GatheredScenario | { trouble: string }> {
  const { scenarios, troubles } = gatherScenarios(await decodedText(text));
  const [only, ...others] = scenarios;
  if (only === undefined) {
    const [first] = troubles;
    return {
      trouble: first
        ? `Line ${first.line}: ${first.message}`
        : 'There is no link, no text card and no scenario in JSON in this text.',
    };
  }
  return others.length === 0
    ? only
    : { trouble: `There are ${scenarios.length} scenarios in this text; one is expected.` };
}

/** Scenarios out of files, by their names; of texts that hold several, each by its own. */
export async function gatherFiles(files: readonly File[]): Promise<Gathered> {
  const documents: NamedText[] = [];
  const troubles: string[] = [];
  for (const file of files.slice(0, MAX_FILES)) {
    if (file.size > MAX_BYTES) {
      troubles.push(`${file.name} is larger than ${MAX_BYTES} bytes.`);
      continue;
    }
    const text = await file.text();
    if (/\.json$/i.test(file.name)) {
      documents.push({ name: file.name.replace(/\.json$/i, ''), text });
      continue;
    }
    const found = await gatherText(text);
    documents.push(...found.documents);
    troubles.push(...found.troubles.map((trouble) => `${file.name}: ${trouble}`));
  }
  if (files.length > MAX_FILES)
    troubles.push(`Only the first ${MAX_FILES} of ${files.length} files are shown.`);
  return { documents, troubles };
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
