// SPDX-License-Identifier: MIT

/** The core's memory ran out: the scenario exceeds the simulator, which is not a kernel's verdict. */
export class OutOfMemoryError extends Error {
  constructor() {
    super('The simulated kernel ran out of its memory (256 MiB). Use fewer devices, descriptors or steps.');
    this.name = 'OutOfMemoryError';
  }
}

/** Returns a handle or a flag of the core. Throws OutOfMemoryError for 0, which means out of memory. */
export function checked(handle: number): number {
  if (handle === 0) throw new OutOfMemoryError();
  return handle;
}
