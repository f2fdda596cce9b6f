// SPDX-License-Identifier: MIT
import engine from './engine.worker.ts?worker&url';
import search from './search.worker.ts?worker&url';

/**
 * Starts a worker for code that a stranger may have written. A worker takes its policy from the response that its
 * script came with, which on a host without headers is none. One that starts from a blob has the policy of the page: no
 * eval, no request to anybody else.
 * @param script the address of the worker's script, as `?worker&url` imports it
 */
export function confinedWorker(script: string, name: string): Worker {
  const { href } = new URL(script, location.href);
  const text = `import ${JSON.stringify(href)};`;
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(address, { type: 'module', name });
  // The address is not needed after the first word, or after the failure, of the worker.
  const forget = () => URL.revokeObjectURL(address);
  worker.addEventListener('message', forget, { once: true });
  worker.addEventListener('error', forget, { once: true });
  return worker;
}

/** An engine that an edited core may be sent to. */
export const confinedEngine = (): Worker => confinedWorker(engine, 'engine');

/** A worker for comparisons, of which one side may be an edited core. */
export const confinedSearch = (): Worker => confinedWorker(search, 'search');
