// SPDX-License-Identifier: MIT

/** In the place of a repeat: the last of the step's runs, however many there are. */
export const LAST_RUN = 0x7fff_ffff;

/** A step of the scenario, and which of its `times`. */
export interface Chosen {
  step: number;
  repeat: number;
}
