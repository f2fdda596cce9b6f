// SPDX-License-Identifier: MIT
/** What a core may call: the server, and the reader of its records. Nothing else of the page is within its reach. */

/** The two functions that a core imports; a fast build has no records and imports only the first. */
export interface Host {
  fuse_request: (opcode: number, request: number, length: number, out: number, capacity: number) => number;
  trace_flush: (drain: number, ret: number, to: number, srcmap: number) => void;
}

/** Why a core is not run, as a sentence: it imports something else. Null if it does not. */
export function foreignImport(module: WebAssembly.Module): string | null {
  const foreign = WebAssembly.Module.imports(module).find(
    ({ module: from, name, kind }) =>
      kind !== 'function' || !['dev.fuse_request', 'trace.trace_flush'].includes(`${from}.${name}`),
  );
  return foreign === undefined
    ? null
    : `The core imports ${foreign.module}.${foreign.name}. It may import only dev.fuse_request and trace.trace_flush, so it was not run.`;
}

/**
 * Makes an instance of a core. Throws, with that sentence, if it imports anything else.
 * The objects have no prototype: `constructor` and its like are not found in them.
 */
export function instanceOf(module: WebAssembly.Module, host: Host): WebAssembly.Instance {
  const refused = foreignImport(module);
  if (refused !== null) throw new Error(refused);
  const { fuse_request, trace_flush } = host;
  const imports = {
    __proto__: null,
    dev: { __proto__: null, fuse_request },
    trace: { __proto__: null, trace_flush },
  };
  return new WebAssembly.Instance(module, imports as unknown as WebAssembly.Imports);
}
