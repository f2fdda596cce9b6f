// SPDX-License-Identifier: MIT
// Style is prettier's business. What stands here are mistakes, and the one rule of the house: imports go one
// way, web and cli -> engine -> the wasm built from assembly, and within engine and web through the layers of
// scripts/layers.mjs.
import js from '@eslint/js';
import ts from 'typescript-eslint';
import svelte from 'eslint-plugin-svelte';
import prettier from 'eslint-config-prettier';
import globals from 'globals';
import { defineConfig } from 'eslint/config';
import { REVISIONS } from './scripts/core-settings.mjs';
import { layersPlugin } from './scripts/layers.mjs';

/** A no-restricted-imports setting that refuses each [pattern, reason]. */
const refuse = (...rules) => ({
  'no-restricted-imports': ['error', { patterns: rules.map(([regex, message]) => ({ regex, message })) }],
});

const NO_WEB = ['(^|/)web/', 'Imports go one way: nothing but web/ and its tests imports web/.'];
const NO_CLI = ['(^|/)cli/', 'Imports go one way: nothing but cli/ imports cli/.'];
const NO_ASSEMBLY = ['(^|/)assembly/', 'The core is reached through engine/core, as wasm.'];
const NO_LAYOUT = ['core/(layout|exports|trace)(\\.ts)?$', 'Wasm addresses stay inside engine/core.'];
const NO_NODE = ['^node:', 'The engine runs in a page too: nothing of Node, nothing of the DOM.'];

/** The names of the revisions, as they stand in a comparison. */
const REVISION = `Literal[value=/^(${REVISIONS.map(({ name }) => name).join('|')})$/]`;
const ASK_A_FEATURE = 'Ask engine/kernel/has-feature.ts: a revision to come has another name.';
const NO_REVISION_ASKED = {
  'no-restricted-syntax': [
    'error',
    ...[`BinaryExpression[operator=/^[!=]==?$/] > ${REVISION}`, `SwitchCase > ${REVISION}`].map(
      (selector) => ({
        selector,
        message: ASK_A_FEATURE,
      }),
    ),
  ],
};

/** What a browser has and Node or a worker lacks: the engine may name none of it. */
const DOM_ONLY = Object.keys(globals.browser).filter((name) => !(name in globals.worker));

export default defineConfig(
  {
    ignores: [
      'dist/',
      'build/',
      'assembly/',
      'node_modules/',
      '.cache/',
      'test-results/',
      'playwright-report/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node, ...globals.worker } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  {
    files: ['{engine,web,cli,lib}/**/*.{ts,svelte}'],
    plugins: { layers: layersPlugin },
    rules: { 'layers/imports': 'error' },
  },
  {
    files: ['engine/**/*.ts'],
    ignores: ['engine/core/**', '**/*.test.ts'],
    rules: {
      ...refuse(NO_WEB, NO_CLI, NO_ASSEMBLY, NO_LAYOUT, NO_NODE),
      'no-restricted-globals': ['error', ...DOM_ONLY],
    },
  },
  {
    files: ['engine/core/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      ...refuse(NO_WEB, NO_CLI, NO_ASSEMBLY, NO_NODE),
      'no-restricted-globals': ['error', ...DOM_ONLY],
    },
  },
  {
    files: ['engine/**/*.ts', 'cli/**/*.ts', 'lib/**/*.ts', 'web/**/*'],
    ignores: ['engine/kernel/has-feature.ts', '**/*.test.ts'],
    rules: NO_REVISION_ASKED,
  },
  { files: ['web/**/*'], rules: refuse(NO_CLI, NO_ASSEMBLY, NO_LAYOUT, NO_NODE) },
  { files: ['cli/**/*.ts'], rules: refuse(NO_WEB, NO_ASSEMBLY, NO_LAYOUT) },
  { files: ['lib/**/*.ts'], rules: refuse(NO_WEB, NO_CLI, NO_ASSEMBLY, NO_LAYOUT) },
);
