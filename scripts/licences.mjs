// SPDX-License-Identifier: MIT
// Which licences a bundled package may have, and what a package says about its own.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `bundles` is there only if something other than the bundles of the modules holds it.
 * @typedef {{ name: string, version: string, licence: string, texts: { file: string, text: string }[],
 *   bundles?: string[] }} Notice
 */

/** Licences (SPDX expressions) whose code may stand in one program with GPL-2.0-only code. */
const WITH_THE_CORE = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '(MPL-2.0 OR Apache-2.0)',
];

/** Licences that may not, and where they may be: in files of their own, which hold nothing of the core. */
const ALONE = /** @type {Record<string, string[]>} */ ({
  'Apache-2.0': ['compiler.worker'],
  'CC-BY-4.0': ['codicon.ttf'],
});

/**
 * Packages without a `license` field, each with what shows its licence: a file of that digest, which was read.
 * @type {Record<string, { licence: string, file: string, sha256: string }>}
 */
export const EXCEPTIONS = {
  'svelte-toolbelt': {
    licence: 'MIT',
    file: 'LICENSE',
    sha256: '8914f144af4333312a07b30438dc6b75dd8da7a665c3ae9fa751f229eb615e8b',
  },
};

/**
 * What packages hold of others, by its folder: a copy of another package, which is installed beside it, or something
 * that is not a package, with a notice written here.
 * @type {{ inside: string, copyOf?: string, notice?: Notice & { bundles: string[] } }[]}
 */
export const VENDORED = [
  { inside: 'monaco-editor/esm/vs/base/browser/dompurify', copyOf: 'dompurify' },
  { inside: 'monaco-editor/esm/vs/base/common/marked', copyOf: 'marked' },
  {
    inside: 'monaco-editor/esm/vs/base/browser/ui/codicons/codicon',
    notice: {
      name: '@vscode/codicons',
      version: '(in monaco-editor)',
      licence: 'CC-BY-4.0',
      texts: [
        {
          file: 'codicon.ttf',
          text: [
            'The icons of Visual Studio Code as a font, unmodified; by Microsoft Corporation and contributors.',
            'https://github.com/microsoft/vscode-codicons',
            'Creative Commons Attribution 4.0: https://creativecommons.org/licenses/by/4.0/legalcode',
            'Offered as it is, without warranties of any kind; see section 5 of the licence.',
          ].join('\n'),
        },
      ],
      bundles: ['codicon.ttf'],
    },
  },
];

/** Tools that put helpers of their own into a bundle: of their licence file only what stands before this. */
const OWN_PART = /** @type {Record<string, string>} */ ({ vite: '# Licenses of bundled dependencies' });

const NOTICE_FILE = /^(licen[cs]e|copying|notice|third-?party-?notice)/i;

/**
 * What a package says of itself.
 * @param {string} folder the folder of its package.json, or one of VENDORED
 * @param {typeof EXCEPTIONS} [exceptions]
 * @returns {Notice}
 * @throws Error if it names no licence, or if there is no text of it
 */
export function readNotice(folder, exceptions = EXCEPTIONS) {
  const written = VENDORED.find(({ inside, notice }) => notice && folder.endsWith(`/${inside}`))?.notice;
  if (written) return written;
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => NOTICE_FILE.test(file))
    .sort()
    .map((file) => ({ file, text: ownPart(name, readFileSync(join(folder, file), 'utf8')) }));
  if (texts.length === 0) throw new Error(`${name} ${version} carries no text of its licence`);
  return { name, version, licence: license ?? evidentLicence(folder, name, exceptions), texts };
}

/** @param {string} name @param {string} text */
function ownPart(name, text) {
  const end = OWN_PART[name] === undefined ? -1 : text.indexOf(OWN_PART[name]);
  return (end < 0 ? text : text.slice(0, end)).replaceAll('\r\n', '\n').trim();
}

/** @param {string} folder @param {string} name @param {typeof EXCEPTIONS} exceptions */
function evidentLicence(folder, name, exceptions) {
  const exception = exceptions[name];
  if (exception === undefined)
    throw new Error(`${name} has no licence field, and no exception is known for it`);
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, exception.file)))
    .digest('hex');
  if (digest !== exception.sha256)
    throw new Error(`${name}: ${exception.file} is another text than the one that was read. Read it again`);
  return exception.licence;
}

/**
 * Why a package may not be in these bundles; null if it may.
 * @param {Pick<Notice, 'name' | 'licence'>} notice
 * @param {Iterable<string>} bundles
 */
export function objection({ name, licence }, bundles) {
  if (WITH_THE_CORE.includes(licence)) return null;
  const alone = ALONE[licence];
  if (alone === undefined) return `${name} is under ${licence}, which is not on the list of allowed licences`;
  const wrong = [...bundles].filter((bundle) => !alone.includes(bundle));
  if (wrong.length === 0) return null;
  return `${name} is under ${licence}, which may be bundled into ${alone.join(', ')} alone, not into ${wrong.join(', ')}`;
}
