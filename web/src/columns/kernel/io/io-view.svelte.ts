// SPDX-License-Identifier: MIT
import type { Chosen } from '#engine/view/chosen.ts';

/** Which item of an I/O step's sequence is shown. Another step begins with its own first choice. */
export class IoView {
  #at = $state.raw<{ step: number; repeat: number; key: string } | null>(null);

  /** The item chosen in this step; null while the reader chose none. */
  keyOf({ step, repeat }: Chosen): string | null {
    const at = this.#at;
    return at?.step === step && at.repeat === repeat ? at.key : null;
  }

  choose({ step, repeat }: Chosen, key: string): void {
    this.#at = { step, repeat, key };
  }
}
