// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';

/**
 * The lines that start the engine from the page itself: its worker and its core are asked for together with the page's
 * own script and styles, not after them. Hints (`rel="preload"`) would not do: a browser takes no worker's script from
 * them, but asks the server a second time unless the host lets it keep the file. See web/src/boot/early.ts, which takes
 * over.
 * @param {string} worker the address of the engine's script
 * @param {string} core the address of the core
 * @param {string} revision the revision that the core is of
 * @param {string[]} reader the addresses of what reads a document: a visit with a link, or with work of its own, needs it
 */
export function earlyLines(worker, core, revision, reader = []) {
  const text = JSON.stringify;
  return (
    // In words that the oldest of these browsers know, before anything that they don't: what the page's own script would
    // say, if it ran. A verdict that stands there already stays.
    `{let p=t=>{let f=document.getElementById("first");if(f&&!f.firstChild)f.textContent=t},` +
    `o=!self.WebAssembly||!("noModule"in HTMLScriptElement.prototype);` +
    `if(o)addEventListener("DOMContentLoaded",()=>p(${text(TOO_OLD)}));` +
    `addEventListener("error",e=>{if(e.target.src)p(${text(NO_SCRIPT)}+e.target.src)},true)}` +
    `{let w=new Worker(${text(worker)},{type:"module",name:"engine"}),` +
    `e=self.early={worker:w,core:fetch(${text(core)}),revision:${text(revision)}};` +
    // What goes wrong before anybody listens is told by who starts the engine anew.
    `w.onerror=v=>{v.preventDefault();e.worker=null};e.core.catch(()=>{})}` +
    (reader.length === 0 ? '' : preloadLines(reader))
  );
}

/** Asks for modules ahead, unless the visit is one that shows the first scenario. @param {string[]} modules */
const preloadLines = (modules) =>
  `{let n=/^#\\d/.test(location.hash);try{n=n||sessionStorage.length>0}catch(e){}` +
  `if(n)for(let m of ${JSON.stringify(modules)}){let l=document.createElement("link");` +
  `l.rel="modulepreload";l.href=m;document.head.append(l)}}`;

/**
 * The page with these lines in front of everything that it loads, allowed by its Content-Security-Policy by their hash
 * alone. In front of the styles too: a browser runs no script that comes after styles that are still loading.
 * @param {string} html
 * @param {string} lines
 */
export function withEarlyLines(html, lines) {
  const hash = createHash('sha256').update(lines).digest('base64');
  const allowed = replaceOnce(html, "script-src 'self'", `script-src 'self' 'sha256-${hash}'`);
  return replaceOnce(allowed, '</title>', `</title>\n    <script>${lines}</script>`);
}

const TOO_OLD =
  'This browser can’t run the page: it is from before 2023, or WebAssembly is switched off in it. Use a newer one, or switch it on.';
const NO_SCRIPT =
  'The page did not start. Reload it to try again; if that does not help, the server lacks this file: ';

/** @param {string} text @param {string} old @param {string} now */
function replaceOnce(text, old, now) {
  const parts = text.split(old);
  if (parts.length !== 2) throw new Error(`index.html has ${old} ${parts.length - 1} times, not once`);
  return parts.join(now);
}

/**
 * Puts those lines into the built page. Without them, as in development, the page's script starts the engine.
 * @param {string} revision the revision that answers a scenario that names none
 * @returns {import('vite').Plugin}
 */
export function earlyStart(revision) {
  return {
    name: 'early-start',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        if (bundle === undefined) return html;
        /** @param {RegExp} name */
        const addressOf = (name) => {
          const found = Object.keys(bundle).filter((file) => name.test(file));
          if (found.length !== 1)
            throw new Error(`${found.length} files of the build are named ${name}, not one`);
          return `./${found[0]}`;
        };
        const worker = addressOf(/engine\.worker-[^/]*\.js$/);
        const core = addressOf(new RegExp(`${revision}\\.trace-[^/]*\\.wasm$`));
        return withEarlyLines(html, earlyLines(worker, core, revision, readerOf(bundle)));
      },
    },
  };
}

/**
 * The files that hold the reader of documents, but for those that the page begins with.
 * @param {import('vite').Rolldown.OutputBundle} bundle
 */
function readerOf(bundle) {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const start = chunks.find(({ isEntry }) => isEntry);
  const first = chunks.find(({ moduleIds }) =>
    moduleIds.some((id) => id.endsWith('/engine/scenario/parse.ts')),
  );
  if (start === undefined || first === undefined) throw new Error('the build has no reader of documents');
  const begun = new Set([start.fileName, ...start.imports]);
  const needed = new Set([first.fileName]);
  for (const file of needed)
    for (const { fileName, imports } of chunks)
      if (fileName === file) for (const one of imports) needed.add(one);
  return [...needed].filter((file) => !begun.has(file)).map((file) => `./${file}`);
}
