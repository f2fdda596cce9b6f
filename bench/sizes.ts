// SPDX-License-Identifier: MIT
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './root.ts';
import { table } from './table.ts';

/** What was built, raw and gzipped; of the page the larger files. */
export function reportSizes(): void {
  const core = filesOf('build/core', (name) => name.endsWith('.wasm'));
  const page = filesOf('dist/assets', (name) => /\.(js|css|wasm)$/.test(name));
  console.log(table(['core', 'bytes', 'gzip'], core.map(cells)));
  if (page.length === 0) return;
  const largest = page.sort((a, b) => b.gzip - a.gzip).slice(0, 12);
  console.log(
    `\n${table([`largest of ${page.length} files of the page`, 'bytes', 'gzip'], largest.map(cells))}`,
  );
}

interface Sized {
  name: string;
  bytes: number;
  gzip: number;
}

function filesOf(folder: string, wanted: (name: string) => boolean): Sized[] {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter(wanted)
    .map((name) => {
      const content = readFileSync(join(path, name));
      return { name, bytes: content.length, gzip: gzipSync(content, { level: 9 }).length };
    });
}

const cells = ({ name, bytes, gzip }: Sized): string[] => [name, String(bytes), String(gzip)];
