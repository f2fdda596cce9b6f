// SPDX-License-Identifier: MIT
/** The lessons and examples of the package that speak of a word, as its entry in the page lists them. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ordinal } from '#engine/kernel/ordinal.ts';
import { LESSONS } from '#engine/lessons/names.ts';
import { readLesson } from '#engine/lessons/read.ts';
import { markedWords } from '#engine/lessons/said.ts';
import { readJson } from '#engine/scenario/json.ts';
import { at } from '#engine/scenario/path.ts';
import { placeOfExample } from '#engine/view/example-order.ts';
import { findWord } from '#engine/words/find.ts';
import type { Word } from '#engine/words/glossary.ts';
import { toldOf, type Told } from '#engine/words/uses.ts';
import { packageFile } from './package-file.ts';

const MOST = 5;

/** Steps of lessons whose text marks the word: `1.2 Covering pos`. None where the package has no lessons. */
export const lessonsWith = async (word: Word): Promise<string[]> =>
  (await (lessons ??= readLessons()))
    .filter(({ marks }) => marks.has(word.id))
    .map(({ title }) => title)
    .slice(0, MOST);

/** Examples that show the word, by the names of their files. */
export const examplesWith = async (word: Word): Promise<string[]> =>
  toldOf(word, await (examples ??= readExamples()), MOST).map(({ name }) => name);

// Read once: whoever asks for many words asks for the same files.
let lessons: ReturnType<typeof readLessons> | undefined;
let examples: ReturnType<typeof readExamples> | undefined;

async function readLessons(): Promise<{ title: string; marks: Set<string | undefined> }[]> {
  const folder = packageFile('lessons');
  if (folder === null) return [];
  const all = await Promise.all(
    LESSONS.map(async (id, index) => {
      const { lesson } = readLesson(await readFile(join(folder, `${id}.json`), 'utf8'));
      return (lesson?.steps ?? []).map(({ title, text }, step) => ({
        title: `${ordinal(index)}.${ordinal(step)} ${title}`,
        marks: new Set(markedWords(text.join(' ')).map((marked) => findWord(marked)?.id)),
      }));
    }),
  );
  return all.flat();
}

async function readExamples(): Promise<(Told & { name: string })[]> {
  const folder = packageFile('examples');
  if (folder === null) return [];
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const all = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      const value = readJson(text).root?.value;
      const said = (key: string) => {
        const found = at(value, [key]);
        return typeof found === 'string' ? found : '';
      };
      return { name: file.replace(/\.json$/, ''), title: said('title'), notes: said('notes'), text };
    }),
  );
  return all.sort((a, b) => placeOfExample(a.name) - placeOfExample(b.name));
}
