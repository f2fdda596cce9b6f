// SPDX-License-Identifier: MIT
// Rolls the library's types up into one file that imports nothing: build/types/index.d.ts. Skipped while no source has
// changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = `${ROOT}build/types`;
const FILE = `${FOLDER}/index.d.ts`;
const STAMP = `${FOLDER}/stamp`;

const HEAD =
  '// SPDX-License-Identifier: MIT\n// The types of lib/, in one file: made by scripts/build-types.mjs.\n\n';

/** A digest of everything that the types are made of. */
function stampOf() {
  const hash = createHash('sha256');
  for (const folder of ['engine', 'lib'])
    for (const path of readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!path.endsWith('.ts') || path.endsWith('.test.ts')) continue;
      hash.update(path).update(readFileSync(`${ROOT}${folder}/${path}`));
    }
  return hash.update(readFileSync(`${ROOT}scripts/build-types.mjs`)).digest('hex');
}

const stamp = stampOf();
if (!existsSync(FILE) || !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== stamp) {
  const { generateDtsBundle } = createRequire(import.meta.url)('dts-bundle-generator');
  const [text] = generateDtsBundle(
    [
      {
        filePath: `${ROOT}lib/index.ts`,
        output: { exportReferencedTypes: false, noBanner: true, sortNodes: false },
      },
    ],
    { preferredConfigPath: `${ROOT}tsconfig.json` },
  );
  if (/^\s*(import|\/\/\/)/m.test(text)) throw new Error('the rolled-up types import something');
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(FILE, HEAD + text);
  writeFileSync(STAMP, stamp);
}
