// SPDX-License-Identifier: MIT
import { grouped } from '#engine/kernel/digits.ts';
import { clean } from '#engine/kernel/clean.ts';
import { looksLikeWork } from './kept/work-file.ts';
import { receive } from './receive.ts';
import type { App } from './app.svelte.ts';

/** Far over any scenario; a stray video dropped on the page is not read into memory. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Of a file of earlier work, which may hold a hundred of them: whatever the page saved it reads again. */
export const MAX_WORK_BYTES = 512 * 1024 * 1024;

/** Opens the scenario in a file, as a change that can be undone; anything else is treated as pasted text. */
export async function load(app: App, file: File): Promise<void> {
  const work = looksLikeWork(await file.slice(0, 200).text());
  const most = work ? MAX_WORK_BYTES : MAX_BYTES;
  if (file.size > most) {
    const what = work ? 'a file of earlier work' : 'a scenario';
    app.notices.show(`${file.name} has ${grouped(file.size)} bytes; ${what} has at most ${grouped(most)}.`, {
      kind: 'warning',
      about: 'file',
    });
    return;
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    app.notices.show(
      `${file.name} is not UTF-8 text, so it was not opened. Save it as UTF-8, or paste the text itself: a scenario, a link, a card or a patch.`,
      { kind: 'warning', about: 'file' },
    );
    return;
  }
  if (work) await receive(app, text);
  else if (/^\ufeff?\s*\{/.test(text) || /\.json$/i.test(file.name)) await open(app, file.name, text);
  else await receive(app, text);
}

/** A text that can't be run replaces nothing unless the reader wants to fix it. */
async function open(app: App, name: string, text: string): Promise<void> {
  const outcome = await app.reading.read('document', text, name);
  if (!outcome.ok) {
    if (outcome.why !== null) app.notices.show(outcome.why, { kind: 'warning', about: 'file' });
    return;
  }
  const { fault, step } = outcome.reading;
  if (fault === null) return app.load(text, `open ${clean(name)}`, step);
  const what =
    text.trim() === ''
      ? 'the file is empty'
      : `line ${fault.line}, column ${fault.column}: ${fault.message.replace(/\.$/, '')}`;
  app.notices.show(`${name} can't be used as a scenario, so your work stays: ${what}.`, {
    kind: 'warning',
    about: 'file',
    actions: [
      {
        label: 'Open it as a document',
        run: () => {
          app.load(text, `open ${clean(name)}`);
          app.showFault();
        },
      },
    ],
  });
}

export function openFile(app: App): Promise<void> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,.txt,.patch,.diff,.eml,.mbox,.c,application/json,text/*';
  return new Promise((resolve) => {
    input.onchange = () => {
      const file = input.files?.[0];
      resolve(file ? load(app, file) : undefined);
    };
    input.oncancel = () => resolve();
    input.click();
  });
}

export function download(app: App): void {
  for (const { name, typed, held } of app.answer.unread) {
    const has = held === '' ? 'nothing' : held;
    app.notices.show(`The file has ${has} for ${name}: “${typed}” can't be read.`, { kind: 'warning' });
  }
  saveFile(`${fileName(app.title)}.json`, app.document.text);
}

/** Has the browser save a text under a name. */
export function saveFile(name: string, text: string, type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** A title as a file name: letters and digits, words joined by dashes. */
export function fileName(title: string): string {
  const words = title
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return words.join('-').slice(0, 60) || 'scenario';
}
