// SPDX-License-Identifier: MIT

/** The core's memory ran out: the scenario is larger than the simulator, nothing that a kernel would say. */
export class OutOfMemoryError extends Error {
  constructor() {
    super('The simulated kernel ran out of its memory (256 MiB). Use fewer devices, descriptors or steps.');
    this.name = 'OutOfMemoryError';
  }
}

/** Gives back a handle or a flag of the core. Throws OutOfMemoryError for 0, which says that memory is out. */
export function checked(handle: number): number {
  if (handle === 0) throw new OutOfMemoryError();
  return handle;
}
