// SPDX-License-Identifier: MIT
// In which order the parts of the project stand on one another. A file imports from its own layer and from those
// below it, whatever the kind of import: a value, a type, a lazy one, a worker's address. ESLint asks importProblem()
// for each import, and tests/unit/layers.test.ts looks for rings between the folders.
import { posix } from 'node:path';

/** The engine's folders, each above those that it may import. `testing` is for tests alone. */
export const ENGINE_LAYERS = [
  'kernel', // names, numbers, wire structs, checks and revisions: facts
  'mail', // text as mails deform it
  'scenario', // the format
  'server', // who answers the kernel's requests
  'core', // the wasm
  'run', // from a scenario to a Run
  'server-code', // a server that a scenario has as text
  'fuzz', // random operations against a model
  'core-edit', // edits of the core's source as diffs
  'link',
  'checks', // checks and verdicts in words
  'words', // the glossary
  'text', // for terminals and mails
  'compare',
  'search',
  'map', // two values vary: which check decides, for each pair of them
  'lessons', // their files, and whether an answer meets a goal
  'exercises', // steps that stand alone
  'quiz', // replies near the boundaries
  'import', // what people paste
  'view', // what a page shows
  'testing',
];

/** The page's folders, in the same way; files that lie directly in web/src stand above all of them. */
export const WEB_LAYERS = [
  'offline', // the service worker
  'workers',
  'sandbox', // where the code of a server runs
  'boot', // the first verdict
  'app', // document, selection, run, address, keeping
  'ui', // controls that know nothing of the kernel
  'words', // words that can be asked
  'fields',
  'columns/machine',
  'columns/timeline',
  'columns/kernel',
  'columns/server',
  'tools',
  'layout',
  'embed', // the page within another page
  '',
];

/**
 * The engine's doors: the files that the page, the command line, the library and benches import. All of `view` is one. What is not
 * named may change without a look beyond the engine.
 */
export const DOORS = [
  'checks/{catalogue,consequence,explain-begin,explain-ioend,format,quirks,quirks-met,silent,words}',
  'compare/{matrix,matrix-groups}',
  'core-edit/{apply-diff,diff,edited-run,read-diff,side-by-side,types}',
  'core/{imports,io-machine}',
  'exercises/{check,grade,link,make,names,read,types}',
  'fuzz/{fuzz,types}',
  'import/{gather,import-any,patch,patch-body}',
  'kernel/{checks,clean,codes,compared,digits,errno,features,names,ordinal,revisions,unknown,wire,wire-types}',
  'lessons/{check,documents,judge,names,places,pointer,read,said,source-edits,types}',
  'link/{codec,fits,open,types}',
  'map/{edits,fields,layout,points,render,scale,ticks}',
  'quiz/quiz',
  'run/{bare-runner,capture,device-origins,extras,foresee,foresee-calls,foresee-types,needs-extras,runner,session,state,stopped-short,types}',
  'scenario/{advice,answers,caps,defaults,difference,edit,expected,extents,integers,io-names,json,json-schema,parse,part,path,plain-json,print,problem,reparse,resolve,revision,schema,server-record,shown-step}',
  'server-code/{collect,faults,library,play-code,transpile}',
  'server/{fuse-server,helpers,lines,serve-lines}',
  'text/{card,copy-as,failure-lines,failures,filefrag,json,jsonl,junit,line,notes,run,tap}',
  'words/{field-labels,find,glossary,hints,ids,in-document,of-field,of-member,of-operand,uses}',
];

/** One regular expression for all of DOORS. */
const DOOR = new RegExp(
  `^(view/.+|${DOORS.map((door) => door.replace(/\{(.*)\}/, (_, names) => `(${names.replaceAll(',', '|')})`)).join('|')})\\.ts$`,
);

/**
 * The file of the project that an import names, relative to its root; null for a package or an asset of the build.
 * @param {string} file the importing file, relative to the root, with slashes
 * @param {string} specifier
 */
export function resolveImport(file, specifier) {
  // The `#` of `#engine/` begins the name; any later one begins what follows it.
  const name = specifier.replace(/\?.*$|(?<=.)#.*$/, '');
  if (name.startsWith('#engine/')) return `engine/${name.slice('#engine/'.length)}`;
  return name.startsWith('.') ? posix.join(posix.dirname(file), name) : null;
}

/**
 * The layered parts of the project.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const PARTS = {
  engine: ENGINE_LAYERS,
  'web/src': WEB_LAYERS,
  cli: ['common', 'server', 'commands', ''],
  lib: [''],
};

/**
 * Where a file stands: its part and how high, counted from 0, and -1 for a folder that no layer names; null for a
 * file of no layered part, and for tests, which may import anything.
 * @param {string} file relative to the root of the project, with slashes
 * @returns {{ part: string, layer: number } | null}
 */
export function layerOf(file) {
  if (/\.(test|spec)\.ts$/.test(file)) return null;
  const part = Object.keys(PARTS).find((name) => file.startsWith(`${name}/`));
  if (part === undefined) return null;
  const path = file.slice(part.length + 1);
  const folder = path.includes('/') ? posix.dirname(path) : '';
  const layers = PARTS[part] ?? [];
  const layer = layers.findIndex((name) => folder === name || (name !== '' && folder.startsWith(`${name}/`)));
  return { part, layer };
}

/**
 * Why a file may not import another, in words; null if it may.
 * @param {string} file the importing file, relative to the root
 * @param {string} specifier as it is written
 * @returns {string | null}
 */
export function importProblem(file, specifier) {
  const target = resolveImport(file, specifier);
  if (target === null) return null;
  const from = layerOf(file);
  if (from === null) return null;
  if (from.layer < 0) return `${posix.dirname(file)} stands in no layer: name it in scripts/layers.mjs`;
  const to = layerOf(target);
  if (to === null) return null;
  if (from.part !== 'engine' && to.part === 'engine') {
    if (!specifier.startsWith('#engine/')) return 'The engine is imported as #engine/…';
    return DOOR.test(target.slice('engine/'.length))
      ? null
      : `${target} is not a door of the engine: see DOORS in scripts/layers.mjs`;
  }
  if (from.part !== to.part || to.layer <= from.layer) return null;
  const names = PARTS[from.part] ?? [];
  return `${names[to.layer]} stands above ${names[from.layer]}: imports go down only (scripts/layers.mjs)`;
}

/** The ESLint plugin: `layers/imports` reports what importProblem() finds. */
export const layersPlugin = {
  rules: {
    imports: {
      meta: { type: /** @type {const} */ ('problem'), schema: [] },
      /** @param {import('eslint').Rule.RuleContext} context */
      create(context) {
        const file = posix.relative(
          context.cwd.replaceAll('\\', '/'),
          context.filename.replaceAll('\\', '/'),
        );
        /** @param {import('estree').Node | null | undefined} source */
        const look = (source) => {
          if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
          const message = importProblem(file, source.value);
          if (message !== null) context.report({ node: source, message });
        };
        /** @param {{ source?: import('estree').Node | null }} node */
        const bySource = ({ source }) => look(source);
        return {
          ImportDeclaration: bySource,
          ExportNamedDeclaration: bySource,
          ExportAllDeclaration: bySource,
          ImportExpression: bySource,
          /** @param {any} node */
          TSImportType: (node) => look(node.source ?? node.argument?.literal),
          /** @param {import('estree').NewExpression} node */
          NewExpression(node) {
            const [first] = node.arguments;
            if (node.callee.type !== 'Identifier' || node.callee.name !== 'URL') return;
            if (node.arguments.length === 2 && first?.type === 'Literal') look(first);
          },
        };
      },
    },
  },
};
